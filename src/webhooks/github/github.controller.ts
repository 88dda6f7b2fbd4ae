import { Controller, Post, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DeliveryAnswer } from '../delivery.view.js';
import { DeliveryInbox } from '../delivery-inbox.js';
import { answer, rawBodyOf, WebhookRoute } from '../webhook-route.js';
import { GithubSource } from './github.source.js';

@ApiTags('webhooks')
@Controller('github')
export class GithubController {
  constructor(
    private readonly inbox: DeliveryInbox,
    private readonly source: GithubSource,
  ) {}

  @Post('events')
  @WebhookRoute()
  @ApiOperation({ operationId: 'receiveGithubEvent', summary: 'Receive a webhook of GitHub' })
  @ApiHeader({ name: 'X-Hub-Signature-256', required: true, description: 'HMAC-SHA256 of the body with the secret' })
  @ApiHeader({
    name: 'X-GitHub-Delivery',
    required: true,
    description: 'Id of the delivery, the same when it is sent again',
  })
  @ApiHeader({ name: 'X-GitHub-Event', required: true, description: 'Name of the event' })
  async receive(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeliveryAnswer> {
    return answer(reply, await this.inbox.receive(this.source, rawBodyOf(request), request.headers));
  }
}
