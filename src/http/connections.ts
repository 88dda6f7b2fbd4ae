import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { BodyReader } from './body-reader.js';
import { Problem } from './problem.js';

/** After an answer that comes before the end of the body: so long the sender may take to notice it. */
export const LINGER_MS = 5000;
/** While the service stops, what is still coming in gets so long to end: well within the time that requests in flight get. */
const STOPPING_MS = 5000;

/** Keeps no connection open for a sender that does not end: neither after an answer, nor when the service stops. */
export function tendConnections(fastify: FastifyInstance, bodies: BodyReader): void {
  const { server } = fastify;
  // Whoever waits to be asked for the body is asked once let pass (BodyReader). Node would ask at once.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    server.emit('request', request, response);
  });
  server.on('request', (request, response) => response.once('finish', () => leaveRest(request)));
  fastify.addHook('onSend', (request, reply, payload, done) => {
    // Closed right after the answer, the connection would be reset before a sender that is still sending has read it.
    if (!request.raw.complete) reply.raw.shouldKeepAlive = true;
    done(null, payload);
  });
  endWhenStopping(fastify, bodies);
}

/** What is still sent is thrown away for a moment. Then the connection is closed. */
function leaveRest(request: IncomingMessage): void {
  if (request.complete || request.destroyed || request.socket.destroyed) return;
  const close = (): void => request.socket.destroySoon();
  const patience = setTimeout(close, LINGER_MS).unref();
  request.once('close', () => clearTimeout(patience));
  request.once('end', () => {
    clearTimeout(patience);
    if (!wantsToStay(request)) close();
  });
  request.resume();
}

function wantsToStay({ httpVersion, headers }: IncomingMessage): boolean {
  return httpVersion !== '1.0' && !/\bclose\b/i.test(headers.connection ?? '');
}

function endWhenStopping(fastify: FastifyInstance, bodies: BodyReader): void {
  /** The open connections, and how many requests of each are being answered. */
  const busy = new Map<Socket, number>();
  fastify.server.on('connection', (socket) => {
    busy.set(socket, 0);
    socket.once('close', () => busy.delete(socket));
  });
  fastify.server.on('request', ({ socket }, response) => {
    busy.set(socket, (busy.get(socket) ?? 0) + 1);
    response.once('close', () => busy.has(socket) && busy.set(socket, (busy.get(socket) ?? 1) - 1));
  });
  const end = (): void => {
    bodies.breakOff(stopping());
    for (const [socket, requests] of busy) if (requests === 0) socket.destroy();
  };
  fastify.addHook('preClose', (done) => {
    setTimeout(end, STOPPING_MS).unref();
    done();
  });
}

function stopping(): Problem {
  return new Problem(503, 'The service is stopping. Send again shortly.', [], { 'Retry-After': '5' });
}
