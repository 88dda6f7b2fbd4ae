import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.js';

/** Answers who asks a path that there is for a method that it has not: 405 with those that it has, and OPTIONS with these. */
export function answerOtherMethods(fastify: FastifyInstance): void {
  const methods_of = new Map<string, Set<string>>();
  fastify.addHook('onRoute', ({ url, method }) => {
    const pattern = patternOf(url);
    methods_of.set(pattern, new Set([...(methods_of.get(pattern) ?? []), ...[method].flat()]));
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const [path = ''] = request.url.split(/[?#;]/, 1);
    const allowed = [...methods_of].flatMap(([pattern, methods]) => (RegExp(pattern).test(path) ? [...methods] : []));
    // The router finds nothing at a path that only looks like one of these.
    if (allowed.length === 0 || allowed.includes(request.method)) return done();
    const allow = [...new Set([...allowed, 'OPTIONS'])].toSorted().join(', ');
    if (request.method === 'OPTIONS') return void reply.status(204).header('allow', allow).send();
    done(new Problem(405, `This path takes ${allow}, and no ${request.method}`, [], { Allow: allow }));
  });
}

/** The expression that a path of the route fits; the router takes a slash at its end as well. */
function patternOf(url: string): string {
  const literal = url.replace(/\/$/, '').replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  return `^${literal.replaceAll(/:\w+/g, '[^/]+').replaceAll('*', '.*')}/?$`;
}
