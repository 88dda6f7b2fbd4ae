import { Transform, type Readable } from 'node:stream';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseJson } from './json.js';
import { Problem } from './problem.js';

export const MEBIBYTE = 1_048_576;

/** What a route does with the body of a request. Without it: JSON of at most 1 MiB. */
export interface BodyOptions {
  /** Bytes, at most: beyond it the answer is 413. */
  limit?: number;
  /** `raw`: the body is a Buffer of the bytes as they came, whatever their content type; for signatures. */
  as?: 'json' | 'raw';
  /** Whether application/x-ndjson is taken too: the body is then a stream, which breaks off beyond the limit. */
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

function stream(request: FastifyRequest, payload: Readable, done: Done): void {
  const { ndjson, limit = MEBIBYTE } = optionsOf(request);
  if (!ndjson) done(unsupported());
  else done(null, payload.pipe(limited(payload, limit)));
}

/** Breaks off a stream that is too long; and with its source, or a reader would wait for a sender who is gone. */
function limited(source: Readable, limit: number): Transform {
  let length = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      length += chunk.length;
      if (length <= limit) next(null, chunk);
      else next(new Problem(413, `The body is larger than ${limit} bytes`));
    },
  });
  const broken = (): unknown => source.readableEnded || counted.destroy(new Problem(400, 'The body broke off'));
  source.once('error', broken);
  source.once('close', broken);
  return counted;
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
