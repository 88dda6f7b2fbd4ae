import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { finalize, type Observable } from 'rxjs';
import { hasBody } from './body.js';
import type { BodyReader } from './body-reader.js';

/**
 * Reads the body: after all guards have let the request pass, and before its parameters are checked. Fastify itself would
 * read it first.
 */
export class BodyInterceptor implements NestInterceptor {
  constructor(private readonly bodies: BodyReader) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (!hasBody(request)) return next.handle();
    const { value, letGo } = await this.bodies.read(request, http.getResponse<FastifyReply>());
    request.body = value;
    return next.handle().pipe(finalize(letGo));
  }
}
