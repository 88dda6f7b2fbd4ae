import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import type { Config } from './config/config.js';

/** JSON lines on standard output. */
export function makeLog(config: Config): Logger {
  return pino({ level: config.log_level, base: undefined, serializers: { err: describeError } });
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
    this.to.debug({ context: rest.at(-1) }, String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    const err = message instanceof Error ? message : rest.find((part) => part instanceof Error);
    this.to.error({ context: rest.at(-1), ...(err ? { err } : {}) }, String(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.to.warn({ context: rest.at(-1) }, String(message));
  }
}
