import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { Problem } from './problem.js';

/** A sender that could send and does not, for so long, is gone or has stalled. */
const IDLE_MS = 60_000;

/**
 * A body of any length, as it comes in and no faster than it is read. A reader meets a Problem where the sender breaks
 * off or stalls, or the service stops: it never takes a part for the whole.
 */
export class BodyStream extends PassThrough {
  private readonly idle = setTimeout(() => this.checkIdle(), IDLE_MS).unref();

  constructor(private readonly source: IncomingMessage) {
    super();
    // Nobody may be reading any more.
    this.on('error', () => undefined);
    this.once('close', () => clearTimeout(this.idle));
    source.on('data', () => this.idle.refresh());
    source.once('end', () => clearTimeout(this.idle));
    source.once('close', () => this.breakOff(new Problem(400, 'The body broke off')));
    source.pipe(this);
  }

  /** Ends it, unless all has come in. */
  breakOff(problem: Problem): void {
    if (!this.source.readableEnded) this.destroy(problem);
  }

  /** Nobody reads on. As long as it is piped here, the rest could not be thrown away. */
  leave(): void {
    this.source.unpipe(this);
    this.destroy();
  }

  /** With something left to read, the sender waits for us. */
  private checkIdle(): void {
    if (this.readableLength > 0 || this.writableLength > 0) this.idle.refresh();
    else this.breakOff(new Problem(408, `Nothing more of the body came for ${IDLE_MS / 1000} seconds`));
  }
}
