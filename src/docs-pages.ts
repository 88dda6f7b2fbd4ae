import type { FastifyInstance } from 'fastify';

/** The page runs and asks nothing but what comes from this service, and no other page may frame it: it can hold a token. */
const SECURITY = {
  'content-security-policy': [
    "default-src 'self'",
    // What Swagger UI writes into the page itself.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

/** Of all that comes with Swagger UI, what the page asks for. */
const FILES = [
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'swagger-ui-standalone-preset.js',
  'favicon-16x16.png',
  'favicon-32x32.png',
];

/** Guards the pages at /docs: before they are registered. */
export function guardDocs(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { url = '' } = request.routeOptions;
    if (url === '/docs' || url.startsWith('/docs/')) {
      void reply.headers(SECURITY);
      const { '*': file } = request.params as { '*'?: string };
      if (file !== undefined && !FILES.includes(file)) {
        reply.callNotFound();
        return;
      }
    }
    done();
  });
}

/** Whatever does not say for how long it may be kept is not to be: it may be of one person only. */
export function keepNothing(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const { url = '' } = request.routeOptions;
    const open = url === '/openapi.json' || url === '/docs' || url.startsWith('/docs/');
    if (!open && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    done(null, payload);
  });
}
