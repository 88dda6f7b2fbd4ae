import {
  applyDecorators,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Inject,
  Injectable,
  Post,
  Req,
  Res,
  type Type,
  UseGuards,
} from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, type CallerRequest, CurrentCaller } from '../auth/caller.js';
import { type BuiltInSource, tokenOf } from './built-in-source.js';
import { DeliveryInbox } from './delivery-inbox.js';
import { DeliveryAnswer } from './delivery.view.js';
import { answer, rawBodyOf, WebhookRoute } from './webhook-route.js';
import type { WebhookSource } from './webhook-source.js';

/** The route of a source: all are alike, but for their names. */
export function webhookController(built_in: BuiltInSource): Type {
  @ApiTags('webhooks')
  @Controller()
  class WebhookController {
    constructor(
      private readonly inbox: DeliveryInbox,
      @Inject(tokenOf(built_in.name)) private readonly source: WebhookSource,
    ) {}

    @Post(built_in.path)
    @UseGuards(senderGuard(built_in))
    @WebhookRoute(built_in)
    @ApiOperation({ operationId: built_in.operation, summary: `Receive a webhook of ${built_in.sender}` })
    @Documented(built_in)
    async receive(
      @Req() request: FastifyRequest,
      @CurrentCaller() caller: Caller | undefined,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<DeliveryAnswer> {
      return answer(reply, await this.inbox.receive(this.source, rawBodyOf(request), request.headers, caller));
    }
  }
  return WebhookController;
}

/** Asks the source who may send, before the body is read. */
function senderGuard(built_in: BuiltInSource): Type<CanActivate> {
  @Injectable()
  class SenderGuard implements CanActivate {
    constructor(
      private readonly inbox: DeliveryInbox,
      @Inject(tokenOf(built_in.name)) private readonly source: WebhookSource,
    ) {}

    canActivate(context: ExecutionContext): boolean {
      const request = context.switchToHttp().getRequest<FastifyRequest & CallerRequest>();
      request.source = this.source.name;
      this.inbox.expect(this.source, request.headers, request.caller);
      return true;
    }
  }
  return SenderGuard;
}

function Documented({ headers }: BuiltInSource): MethodDecorator {
  return applyDecorators(...headers.map((header) => ApiHeader({ required: true, ...header })));
}
