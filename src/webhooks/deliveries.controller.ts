import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access.js';
import { ApiIdParam, IdParam } from '../auth/id-param.js';
import { ApiProblem } from '../http/api-problem.js';
import { Deliveries } from './deliveries.js';
import { DeliveryListQuery } from './delivery-list.query.js';
import { DeliveryDetailView, DeliveryListView, DeliveryView } from './delivery.view.js';

@ApiTags('webhooks')
@Controller('webhook-deliveries')
@Access('admin')
export class DeliveriesController {
  constructor(private readonly deliveries: Deliveries) {}

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

  @Post(':id/replay')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'replayWebhookDelivery',
    summary: 'Read a delivery once more',
    description:
      'Translates the kept body as it would be translated now, and records what is new. What it recorded before stays; ' +
      'recording the same again changes nothing.',
  })
  @ApiOkResponse({ type: DeliveryView, description: 'What became of it this time' })
  @ApiIdParam('The delivery’s `id`')
  @ApiProblem(400, 'The id is no UUID')
  @ApiProblem(404, 'There is no such delivery')
  @ApiProblem(409, 'Its source is not known any more')
  @ApiProblem(503, 'The database is away')
  replay(@IdParam() id: string): Promise<DeliveryView> {
    return this.deliveries.replay(id);
  }
}
