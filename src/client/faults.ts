import { StartError } from '../start-error.js';

/** The service answered that it will not. */
export class Refused extends StartError {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** Nobody answers, at least not now. Nothing is wrong with what was sent: it may be sent again. */
export class Unreachable extends StartError {}
