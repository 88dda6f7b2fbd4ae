import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CallerRequest } from '../../auth/caller.js';
import { DeliveryInbox } from '../delivery-inbox.js';
import { Hooks, unknown } from './hooks.js';

/** Asks the hook of the path who may send, before the body is read. */
@Injectable()
export class HookGuard implements CanActivate {
  constructor(
    private readonly hooks: Hooks,
    private readonly inbox: DeliveryInbox,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest & CallerRequest>();
    const { name } = request.params as { name: string };
    const source = (await this.hooks.sourceOf(name)) ?? unknown(name);
    request.source = source.name;
    this.inbox.expect(source, request.headers, request.caller);
    return true;
  }
}
