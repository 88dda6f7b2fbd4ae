import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Fault, faultOf } from '../database/database-fault.js';
import { Interrupted, Problem, problemBody } from './problem.js';
import { pathOf } from './request-log.js';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';
/** SQLSTATEs of a text that Postgres cannot store: a fault of the request that no check of ours has caught. */
const UNSTORABLE = ['22021', '22P05'];

/** Faults of the database that pass: nobody who meets them has done anything wrong. */
const PASSING: Readonly<Partial<Record<Fault, string>>> = {
  away: 'The database cannot be used at the moment. Try again.',
  crowded: 'Too many questions at once: no connection to the database was free in time. Try again.',
  exhausted: 'The database took too long, or too much memory. Try again.',
  locked: 'What this needs is locked in the database at the moment. Try again.',
  undefined: 'The database is of another version, which is about to take over. Try again.',
};

/** Answers everything that goes wrong, the framework's own errors included. The only place that knows how. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  /** @param isOurs whether the functions in the database are those of this version */
  constructor(private readonly isOurs: () => Promise<boolean>) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const cause = causeOf(exception);
    if (cause instanceof Problem || faultOf(cause) !== 'undefined') return this.answer(exception, host, true);
    // Another version is one that we cannot ask, too.
    const asked = this.isOurs().catch(() => false);
    void asked.then((ours) => this.answer(exception, host, ours));
  }

  private answer(exception: unknown, host: ArgumentsHost, ours: boolean): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(causeOf(exception), request, ours);
    const body = problemBody(problem, pathOf(request), request.id);
    if (exception instanceof Interrupted) body.progress = exception.progress;
    // The framework's own message may hold the whole URL: what is logged of a refusal is what was answered.
    request.failure = problem.getStatus() < 500 ? problem : exception;
    if (reply.sent) return;
    void reply.status(problem.getStatus()).headers(problem.headers).type(PROBLEM_TYPE).send(body);
  }
}

function causeOf(exception: unknown): unknown {
  return exception instanceof Interrupted ? exception.cause : exception;
}

function problemOf(exception: unknown, request: FastifyRequest, ours: boolean): Problem {
  if (exception instanceof Problem) return exception;
  if (UNSTORABLE.includes(sqlState(exception))) return new Problem(400, 'The request has text that cannot be stored');
  const status = statusOf(exception);
  if (status === 404) return new Problem(404, `There is no ${request.method} ${pathOf(request)}`);
  if (status < 500) return new Problem(status, (exception as Error).message);
  const fault = faultOf(exception);
  const passing = fault === null || (fault === 'undefined' && ours) ? undefined : PASSING[fault];
  if (passing !== undefined) return new Problem(503, passing, [], { 'Retry-After': '5' });
  return new Problem(status, `Something went wrong on our side. It is logged under the request id ${request.id}.`);
}

function sqlState(exception: unknown): string {
  const { code, driverError } = (exception ?? {}) as { code?: unknown; driverError?: { code?: unknown } };
  const state = driverError?.code ?? code;
  return typeof state === 'string' ? state : '';
}

/** Nest's exceptions and Fastify's errors tell their status; anything else is a fault of ours. */
function statusOf(exception: unknown): number {
  if (exception instanceof HttpException) return exception.getStatus();
  const status = exception instanceof Error ? (exception as { statusCode?: unknown }).statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
