import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LINGER_MS } from './connections.js';
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
  // Who does not close the connection in turn has it closed, once there was time to read the answer.
  const patience = setTimeout(() => socket.destroy(), LINGER_MS).unref();
  socket.once('close', () => clearTimeout(patience));
}

/** Answers a request whose path cannot be decoded or has too long a part: Fastify runs neither hook nor handler for it. */
export function refusePath(error: Error & { code?: string }, request: FastifyRequest, reply: FastifyReply): void {
  const tooLong = error.code === 'FST_ERR_MAX_PARAM_LENGTH';
  const problem = tooLong ? new Problem(414, 'The path is too long') : new Problem(400, 'The path cannot be decoded');
  // The address is the peer's, a proxy's perhaps: what it forwards Fastify does not read here.
  const { id: request_id, method, ip: address } = request;
  const line = {
    request_id,
    method,
    path: pathOf(request),
    address,
    status: problem.getStatus(),
    reason: problem.message,
  };
  request.server.log.warn(line, 'request refused');
  void reply
    .status(problem.getStatus())
    .header('x-request-id', request.id)
    .type(PROBLEM_TYPE)
    .send(problemBody(problem, pathOf(request), request.id));
}
