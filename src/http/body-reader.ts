import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyOptionsOf, MEBIBYTE } from './body.js';
import { BodyStream } from './body-stream.js';
import { parseJsonInTurns } from './json.js';
import { Problem } from './problem.js';
import { ProvenBodies } from './proven-bodies.js';
import { UnprovenBodies } from './unproven-bodies.js';
import { tooLarge, WholeBody } from './whole-body.js';

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;
const NDJSON_TYPE = /^application\/x-ndjson\b/i;

/** What a request said. */
interface TakenBody {
  value: unknown;
  /** To be called once nothing is done with it any more: others have room then, and what is still coming in can be thrown away. */
  letGo: () => void;
}

/** Reads the bodies of requests whose callers have been let pass, and ends those that do not end by themselves. */
export class BodyReader {
  private readonly open = new Set<WholeBody | BodyStream>();
  private readonly unproven = new UnprovenBodies();
  private readonly proven = new ProvenBodies();

  /** What the route wants of the body. What can be said without it is answered before it is asked for. */
  async read(request: FastifyRequest, reply: FastifyReply): Promise<TakenBody> {
    const { limit = MEBIBYTE, as = 'json', ndjson = false } = bodyOptionsOf(request);
    const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
    if (encoding.toLowerCase() !== 'identity') throw encoded();
    const asStream = ndjson && NDJSON_TYPE.test(type);
    if (as === 'json' && !asStream && !JSON_TYPE.test(type)) throw unsupported();
    if (!asStream && Number(request.headers['content-length']) > limit) throw tooLarge(limit);
    if (awaitsContinue(request)) reply.raw.writeContinue();
    if (asStream) return this.opened(new BodyStream(request.raw));
    return this.whole(request, limit, as === 'raw' ? (bytes) => bytes : parseJsonInTurns);
  }

  /** Ends what is still coming in. */
  breakOff(problem: Problem): void {
    for (const body of this.open) body.breakOff(problem);
  }

  private async whole(request: FastifyRequest, limit: number, parse: (bytes: Buffer) => unknown): Promise<TakenBody> {
    const body = new WholeBody(request.raw, limit);
    this.open.add(body);
    const letGo = this.watch(body, request, limit);
    try {
      return { value: await parse(await body.bytes), letGo };
    } catch (cause) {
      letGo();
      throw cause;
    } finally {
      this.open.delete(body);
    }
  }

  private watch(body: WholeBody, request: FastifyRequest, limit: number): () => void {
    const { 'content-length': declared } = request.headers;
    if (isProven(request)) return this.proven.watch(body, declared === undefined ? null : Number(declared), limit);
    this.unproven.watch(body, request.ip);
    return () => undefined;
  }

  private opened(body: BodyStream): TakenBody {
    this.open.add(body.once('close', () => this.open.delete(body)));
    return { value: body, letGo: () => body.leave() };
  }
}

/** Whether its sender waits to be asked for the body. */
function awaitsContinue({ headers }: FastifyRequest): boolean {
  return /\b100-continue\b/i.test(headers.expect ?? '');
}

/** Whether the guards know who sends it. */
function isProven(request: FastifyRequest & { caller?: unknown }): boolean {
  return request.caller !== undefined;
}

function encoded(): Problem {
  return new Problem(415, 'The body must be sent as it is, without a Content-Encoding', [], {
    'Accept-Encoding': 'identity',
  });
}

function unsupported(): Problem {
  return new Problem(415, 'The body must be JSON, sent as application/json');
}
