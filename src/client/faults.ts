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

/** It took the request, and has not answered yet: it is at work, or whatever stands before it is. */
export class Busy extends Unreachable {}

const TIME_OUTS = new Set(['UND_ERR_BODY_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT']);

/** Of the operating system, and of undici, which is Node's fetch. A wrong certificate is none: it stays wrong. */
const NETWORK_FAULTS = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_SOCKET',
]);

interface Thrown {
  name?: string;
  message: string;
  cause?: { code?: string; message?: string };
}

/** Whether what `fetch` threw is of the network, or took too long; else trying again changes nothing. */
export function isNetworkFault(thrown: unknown): boolean {
  const { name, cause } = thrown as Thrown;
  return name === 'TimeoutError' || NETWORK_FAULTS.has(cause?.code ?? '');
}

/** Whether it was connected, and then took too long. */
export function isTimeOut(thrown: unknown): boolean {
  const { name, cause } = thrown as Thrown;
  return name === 'TimeoutError' || TIME_OUTS.has(cause?.code ?? '');
}

export function reasonOf(thrown: unknown): string {
  const { cause, message } = thrown as Thrown;
  return cause?.code ?? cause?.message ?? message;
}
