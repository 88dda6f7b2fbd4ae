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
  @ApiHeader({
    name: 'X-Hub-Signature-256',
    required: true,
    description: 'HMAC-SHA256 of the body with the secret',
    example: 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
  })
  @ApiHeader({
    name: 'X-GitHub-Delivery',
    required: true,
    description: 'Id of the delivery, the same when it is sent again',
    example: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
  })
  @ApiHeader({ name: 'X-GitHub-Event', required: true, description: 'Name of the event', example: 'push' })
  async receive(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeliveryAnswer> {
    return answer(reply, await this.inbox.receive(this.source, rawBodyOf(request), request.headers));
  }
}
