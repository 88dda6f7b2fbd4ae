import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../audit/actor.js';
import { Access } from '../auth/access.js';
import { ApiIdParam, IdParam } from '../auth/id-param.js';
import { ApiProblem } from '../http/api-problem.js';
import { Problem } from '../http/problem.js';
import { Deliveries } from './deliveries.js';
import { DeliveryListQuery } from './delivery-list.query.js';
import { ReplayBody } from './replay.body.js';
import { ReplayView } from './replay.view.js';
import { Replays } from './replays.js';
import { DeliveryDetailView, DeliveryListView, DeliveryView } from './delivery.view.js';

@ApiTags('webhooks')
@Controller('webhook-deliveries')
@Access('admin')
export class DeliveriesController {
  constructor(
    private readonly deliveries: Deliveries,
    private readonly replays: Replays,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listWebhookDeliveries',
    summary: 'List what webhooks sent and what became of it, newest first',
  })
  @ApiOkResponse({ type: DeliveryListView, description: 'One page of deliveries, without their bodies' })
  @ApiProblem(400, 'A query parameter is wrong')
  list(@Query() query: DeliveryListQuery): Promise<DeliveryListView> {
    return this.deliveries.list(query);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getWebhookDelivery', summary: 'Show one delivery with the body that was received' })
  @ApiOkResponse({ type: DeliveryDetailView, description: 'The delivery' })
  @ApiIdParam('The delivery’s `id`')
  @ApiProblem(400, 'The id is no UUID')
  @ApiProblem(404, 'There is no such delivery')
  show(@IdParam() id: string): Promise<DeliveryDetailView> {
    return this.deliveries.show(id);
  }

  @Post('replay')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'replayWebhookDeliveries',
    summary: 'Read deliveries once more: all that failed, or a whole source after a rule changed',
    description:
      'Each is read as it would be read now; what is new is recorded, and what they told before and no delivery tells any ' +
      'more is taken back. Events that only others sent stay as they are; one that was sent both ways is one event. With `dry_run: true` it only says which facts would ' +
      'change. It reaches back as far as deliveries are kept, and may be broken off and started anew.',
  })
  @ApiOkResponse({ type: ReplayView, description: 'What it came to' })
  @ApiProblem(
    400,
    'A field is wrong, there is no such source, `dry_run` is missing, or more than 50,000 deliveries are selected',
  )
  @ApiProblem(409, 'A source is not known any more, or another replay is under way')
  @ApiProblem(503, 'The database is away: start it anew')
  replayAll(@Body() body: ReplayBody, @CurrentActor() by: Actor): Promise<ReplayView> {
    return this.replays.replay(body, by);
  }

  @Post(':id/replay')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'replayWebhookDelivery',
    summary: 'Read a delivery once more',
    description:
      'Translates the kept body as it would be translated now, and records what is new. What it told before, and no ' +
      'delivery tells any more, is taken back. One that cannot be read now keeps what it recorded before.',
  })
  @ApiOkResponse({ type: DeliveryView, description: 'What became of it this time' })
  @ApiIdParam('The delivery’s `id`')
  @ApiProblem(400, 'The id is no UUID, or a dry run is asked for, which there is only of several')
  @ApiProblem(404, 'There is no such delivery')
  @ApiProblem(409, 'Its source is not known any more, or another replay is under way')
  @ApiProblem(503, 'The database is away')
  replay(@IdParam() id: string, @Body() body: unknown, @CurrentActor() by: Actor): Promise<DeliveryView> {
    refuseDryRun(body);
    return this.deliveries.replay(id, by);
  }
}

/** A replay of one delivery takes no body: whoever only asks what it would change must not have it changed. */
function refuseDryRun(body: unknown): void {
  if (typeof body !== 'object' || body === null || !('dry_run' in body) || body.dry_run === false) return;
  const detail = 'is only for POST /webhook-deliveries/replay: this replays at once';
  throw new Problem(400, 'The request is not valid', [{ pointer: '/dry_run', detail }]);
}
