import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request failed with; set by the exception filter, told in the request's line. */
    failure?: unknown;
    /** The source whose webhook it is; that it was proven, the status says. */
    source?: string;
    /** The client's, behind trusted proxies; kept because a connection that is closed has none any more. */
    address: string;
  }
}

/** What the log needs to know of a caller. */
interface Who {
  kind: string;
  id: string;
  name: string;
}

const QUIET = new Set(['/health', '/health/ready', '/metrics']);

/**
 * Logs one line a request: who, from where, did what, and how it ended; neither bodies, nor queries, nor credentials. And
 * gives the caller its id.
 */
export function logRequests(fastify: FastifyInstance, log: Logger): void {
  fastify.decorateRequest('failure', undefined);
  fastify.decorateRequest('source', undefined);
  fastify.decorateRequest('address', '');
  fastify.addHook('onRequest', (request, reply, done) => {
    request.address = request.ip;
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
    // A sender that goes away gets no response, and so no line by the hook below.
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) log.warn(aboutOf(request, reply), 'request broken off');
    });
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const { failure } = request;
    const status = reply.statusCode;
    const line = { ...aboutOf(request, reply), status };
    if (status >= 500) log.error({ ...line, err: failure }, 'request failed');
    else if (status >= 400) log.warn({ ...line, reason: reasonOf(failure) }, 'request refused');
    else if (QUIET.has(line.path)) log.debug(line, 'request');
    else log.info(line, 'request');
    done();
  });
}

function aboutOf(request: FastifyRequest, reply: FastifyReply) {
  const { id: request_id, method, routeOptions, address, source } = request;
  const ms = Math.round(reply.elapsedTime);
  return {
    request_id,
    method,
    path: pathOf(request),
    route: routeOptions.url,
    address,
    ...callerOf(request),
    source,
    ms,
  };
}

/** Nobody, where no credential was sent or it proved nothing. */
function callerOf(request: FastifyRequest & { caller?: Who }): { caller?: Who } {
  if (!request.caller?.id) return {};
  const { kind, id, name } = request.caller;
  return { caller: { kind, id, name } };
}

function reasonOf(failure: unknown): string | undefined {
  return failure instanceof Error ? failure.message : undefined;
}

const KEY_IN_PATH = /(webhook\/+)[^/]+|dvo_[\w-]+/gi;

/**
 * The path that was asked for, without its query and without the key that POST /webhook/{key}/events has in it; also if a
 * proxy's prefix comes before, or letters are written as %77.
 */
export function pathOf(request: Pick<FastifyRequest, 'url'>): string {
  const [path = ''] = request.url.split(/[?#;]/, 1);
  const plain = path.replace(/%([2-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  const hidden = plain.replace(KEY_IN_PATH, (_, before: string | undefined) => `${before ?? ''}{key}`);
  return hidden === plain ? path : hidden;
}
