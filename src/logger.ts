import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, pino, type Logger, type LoggerOptions, stdTimeFunctions } from 'pino';
import type { Config } from './config/config.js';

/** Times and levels as people read them and as other programs' logs have them. */
const LINES: LoggerOptions = {
  base: undefined,
  timestamp: stdTimeFunctions.isoTime,
  formatters: { level: (level) => ({ level }) },
  serializers: { err: describeError },
};

/** JSON lines, on standard output unless told where else: lines that come while others are being written go together. */
export function makeLog(config: Config, to: DestinationStream = pino.destination({ dest: 1, sync: false })): Logger {
  return pino({ ...LINES, level: config.log_level }, to);
}

interface Described {
  type: string;
  message: string;
  code?: unknown;
  stack?: string | undefined;
  cause?: Described;
}

/** Not all that an error holds: the database's have the statement's parameters, which are payloads and passwords. */
function describeError(error: unknown): Described {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return {
    type: error.constructor.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    stack: error.stack,
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}

/** Nest's own messages, as lines of the same log. */
export class NestLog implements LoggerService {
  constructor(private readonly to: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.to.debug({ context: rest.at(-1), ...fieldsOf(message) }, wordsOf(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    const err = message instanceof Error ? message : rest.find((part) => part instanceof Error);
    this.to.error({ context: rest.at(-1), ...(err ? { err } : {}), ...fieldsOf(message) }, wordsOf(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.to.warn({ context: rest.at(-1), ...fieldsOf(message) }, wordsOf(message));
  }
}

/** A message may come with fields of its own: `{ msg: words, err: cause, … }`. */
function isStructured(message: unknown): message is { msg: string } {
  return typeof message === 'object' && message !== null && 'msg' in message;
}

function wordsOf(message: unknown): string {
  return isStructured(message) ? message.msg : String(message);
}

function fieldsOf(message: unknown): object {
  if (!isStructured(message)) return {};
  const { msg: _, ...fields } = message;
  return fields;
}
