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
import { DeliveryInbox } from './delivery-inbox.js';
import { DeliveryAnswer } from './delivery.view.js';
import { answer, rawBodyOf, WebhookRoute, type WebhookRouteOptions } from './webhook-route.js';
import type { WebhookSource } from './webhook-source.js';

/** The route of a source: all are alike, but for their names. */
export function webhookController(source_class: Type<WebhookSource>, options: WebhookRouteOptions): Type {
  @ApiTags('webhooks')
  @Controller()
  class WebhookController {
    constructor(
      private readonly inbox: DeliveryInbox,
      @Inject(source_class) private readonly source: WebhookSource,
    ) {}

    @Post(options.path)
    @UseGuards(senderGuard(source_class))
    @WebhookRoute(options)
    @ApiOperation({ operationId: options.operation, summary: `Receive a webhook of ${options.sender}` })
    @Documented(options)
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
function senderGuard(source_class: Type<WebhookSource>): Type<CanActivate> {
  @Injectable()
  class SenderGuard implements CanActivate {
    constructor(
      private readonly inbox: DeliveryInbox,
      @Inject(source_class) private readonly source: WebhookSource,
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

function Documented({ headers }: WebhookRouteOptions): MethodDecorator {
  return applyDecorators(...headers.map((header) => ApiHeader({ required: true, ...header })));
}
