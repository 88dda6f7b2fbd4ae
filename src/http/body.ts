import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BodyStream, endBodyStreams } from './body-stream.js';
import { parseJson } from './json.js';
import { Problem } from './problem.js';
import { refuseConnection } from './unparsable.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Ends a request whose body takes too long to come in. */
    body_deadline: NodeJS.Timeout | undefined;
  }
}

/** A body that is read as a whole must have come in by then. */
const DEADLINE_MS = 120_000;

export const MEBIBYTE = 1_048_576;

/** What a route does with the body of a request. Without it: JSON of at most 1 MiB. */
export interface BodyOptions {
  /** Bytes, at most: beyond it the answer is 413. */
  limit?: number;
  /** `raw`: the body is a Buffer of the bytes as they came, whatever their content type; for signatures. */
  as?: 'json' | 'raw';
  /** Whether application/x-ndjson is taken too: the body is then a BodyStream, of any length. */
  ndjson?: boolean;
}

interface BodyConfig {
  body?: BodyOptions;
}

/** Says how a route takes its body. */
export function TakesBody(options: BodyOptions): MethodDecorator {
  return RouteConfig({ body: options });
}

type Done = (error: Error | null, body?: unknown) => void;

/** Teaches Fastify our bodies; before any route is added. */
export function readBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  limitTime(fastify);
  endBodyStreams(fastify);
  fastify.addHook('onRoute', (route) => {
    const { body } = (route.config ?? {}) as BodyConfig;
    if (body?.limit !== undefined) route.bodyLimit = body.limit;
  });
  fastify.addContentTypeParser(/^application\/(?:[\w.-]+\+)?json\b/, { parseAs: 'buffer' }, read(parseJson));
  fastify.addContentTypeParser('application/x-ndjson', stream);
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, read(refuseType));
}

function read(parse: (bytes: Buffer) => unknown) {
  return (request: FastifyRequest, bytes: Buffer, done: Done): void => {
    const raw = optionsOf(request).as === 'raw';
    try {
      done(null, raw ? bytes : parse(bytes));
    } catch (cause) {
      done(cause as Error);
    }
  };
}

function stream(request: FastifyRequest, _payload: unknown, done: Done): void {
  if (!optionsOf(request).ndjson) return done(unsupported());
  clearTimeout(request.body_deadline);
  done(null, new BodyStream(request.raw));
}

/** Node's own time-out for a request cannot tell a body that is read as a stream, and may take hours, from a stalled one. */
function limitTime(fastify: FastifyInstance): void {
  fastify.decorateRequest('body_deadline', undefined);
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { raw } = request;
    if ('content-length' in raw.headers || 'transfer-encoding' in raw.headers) {
      const late = (): void => {
        if (!raw.complete) refuseConnection(new BodyTooSlow(), raw.socket);
      };
      request.body_deadline = setTimeout(late, DEADLINE_MS).unref();
      raw.once('close', () => clearTimeout(request.body_deadline));
    }
    done();
  });
}

class BodyTooSlow extends Error {
  readonly code = 'ERR_HTTP_REQUEST_TIMEOUT';
}

function refuseType(): never {
  throw unsupported();
}

function unsupported(): Problem {
  return new Problem(415, 'The body must be JSON, sent as application/json');
}

function optionsOf(request: FastifyRequest): BodyOptions {
  return (request.routeOptions.config as BodyConfig).body ?? {};
}
