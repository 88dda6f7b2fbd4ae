import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.js';

/** A sender that could send and does not, for so long, is gone or has stalled. */
const IDLE_MS = 60_000;
/** While the service stops, a body still gets so long to end: well within the time that requests in flight get. */
const STOPPING_MS = 5000;
/** After an answer that comes before the end of the body: so long the sender may take to notice it. */
const LINGER_MS = 5000;

/**
 * A body of any length, as it comes in and no faster than it is read. A reader meets a Problem where the sender breaks
 * off or stalls, or the service stops: it never takes a part for the whole.
 */
export class BodyStream extends PassThrough {
  private readonly idle = setTimeout(() => this.checkIdle(), IDLE_MS).unref();

  constructor(private readonly source: IncomingMessage) {
    super();
    // Nobody may be reading, as when the caller was refused.
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

  /**
   * To be called once the request is answered. What is still sent is thrown away for a moment, or the connection would be
   * reset before the sender has read the answer; then the connection is closed.
   */
  leave(): void {
    this.destroy();
    this.source.resume();
    if (this.source.complete || this.source.destroyed) return;
    const close = (): void => this.source.socket.destroySoon();
    const patience = setTimeout(close, LINGER_MS);
    this.source.once('end', close);
    this.source.once('close', () => clearTimeout(patience));
  }

  /** With something left to read, the sender waits for us. */
  private checkIdle(): void {
    if (this.readableLength > 0 || this.writableLength > 0) this.idle.refresh();
    else this.breakOff(new Problem(408, `Nothing more of the body came for ${IDLE_MS / 1000} seconds`));
  }
}

function stopping(): Problem {
  return new Problem(503, 'The service is stopping. Send again shortly.', [], { 'Retry-After': '5' });
}

/** Has the bodies that are still coming in when the service stops end in good time, and with an answer. */
export function endBodyStreams(fastify: FastifyInstance): void {
  const open = new Set<BodyStream>();
  fastify.addHook('preHandler', ({ body }, _reply, done) => {
    if (body instanceof BodyStream) open.add(body.once('close', () => open.delete(body)));
    done();
  });
  fastify.addHook('onResponse', ({ body }, _reply, done) => {
    if (body instanceof BodyStream) body.leave();
    done();
  });
  fastify.addHook('preClose', (done) => {
    setTimeout(() => open.forEach((body) => body.breakOff(stopping())), STOPPING_MS).unref();
    done();
  });
}
