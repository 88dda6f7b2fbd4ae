import { Controller, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../auth/access.js';
import { type Caller, CurrentCaller } from '../../auth/caller.js';
import { ApiProblem } from '../../http/api-problem.js';
import { MEBIBYTE, TakesBody } from '../../http/body.js';
import { DeliveryInbox } from '../delivery-inbox.js';
import { DeliveryAnswer } from '../delivery.view.js';
import { answer, rawBodyOf } from '../webhook-route.js';
import { ApiHookName } from './hook-name.js';
import { HookGuard } from './hook.guard.js';
import { Hooks, unknown } from './hooks.js';

@ApiTags('webhooks')
@Controller('hooks')
export class HookDeliveryController {
  constructor(
    private readonly hooks: Hooks,
    private readonly inbox: DeliveryInbox,
  ) {}

  @Post(':name')
  @Access('sender')
  @UseGuards(HookGuard)
  @TakesBody({ as: 'raw', limit: MEBIBYTE })
  @ApiOperation({
    operationId: 'receiveHookDelivery',
    summary: 'Receive a webhook of a sender that an admin has declared',
  })
  @ApiHookName()
  @ApiConsumes('application/json', 'application/x-www-form-urlencoded')
  @ApiBody({ description: 'Whatever the sender sends', schema: { type: 'object', example: { state: 'DONE' } } })
  @ApiOkResponse({ type: DeliveryAnswer, description: 'Recorded' })
  @ApiAcceptedResponse({
    type: DeliveryAnswer,
    description: 'Kept: ignored for the named reason, or failed and to be replayed by an admin',
  })
  @ApiProblem(400, 'The payload lacks what its event must have')
  @ApiProblem(401, 'The signature, or the API key, is missing or wrong')
  @ApiProblem(403, 'The API key may not send events, or not for this pipeline')
  @ApiProblem(404, 'There is no such hook')
  @ApiProblem(413, 'The body is larger than 1 MiB')
  @ApiProblem(503, 'The database is away: send it again')
  async receive(
    @Param('name') name: string,
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeliveryAnswer> {
    const source = (await this.hooks.sourceOf(name)) ?? unknown(name);
    return answer(reply, await this.inbox.receive(source, rawBodyOf(request), request.headers, caller));
  }
}
