import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEM_TYPE } from './problem.filter.js';
import { Problem, problemBody } from './problem.js';
import { pathOf } from './request-log.js';

const STATUS: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** Answers what is no HTTP request at all, and so reaches neither a route nor the exception filter. */
export function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = new Problem(STATUS[error.code ?? ''] ?? 400, 'This is not a valid HTTP request');
  const body = problemBody(problem, '', randomUUID());
  const text = JSON.stringify(body);
  const head = [`HTTP/1.1 ${body.status} ${body.title}`, `Content-Type: ${PROBLEM_TYPE}`, 'Connection: close'];
  socket.end([...head, `Content-Length: ${Buffer.byteLength(text)}`, '', text].join('\r\n'));
}

/** Answers a request whose path cannot be decoded, for which Fastify runs no handler. */
export function refusePath(_error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const problem = new Problem(400, 'The path is not validly encoded');
  void reply
    .status(400)
    .type(PROBLEM_TYPE)
    .send(problemBody(problem, pathOf(request), request.id));
}
