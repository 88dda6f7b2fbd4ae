import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';

export const MEBIBYTE = 1_048_576;

/** What a route does with the body of a request. Without it: JSON of at most 1 MiB. */
interface BodyOptions {
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

export function bodyOptionsOf(request: FastifyRequest): BodyOptions {
  return (request.routeOptions.config as BodyConfig).body ?? {};
}

/** Has Fastify leave all bodies alone: it would read them before anybody has asked who sends them. */
export function leaveBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', (_request, _payload, done) => done(null));
}

/**
 * Whether a body comes with it, be it an empty one. A GET has none: what is sent with it means nothing. A length of nothing
 * without a type says that there is none, which is what clients send with a POST that has no body.
 */
export function hasBody({ method, headers }: FastifyRequest): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  if (headers['content-length'] === '0' && !('content-type' in headers)) return false;
  return 'content-length' in headers || 'transfer-encoding' in headers;
}
