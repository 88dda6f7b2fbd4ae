import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access.js';
import { DeliveryLog } from './delivery-log.js';
import { WEBHOOK_SOURCES, type WebhookSource } from './webhook-source.js';
import { WebhookSourceListView } from './webhook-source.view.js';

@ApiTags('webhooks')
@Controller('webhook-sources')
@Access('admin')
export class WebhookSourcesController {
  constructor(
    private readonly log: DeliveryLog,
    @Inject(WEBHOOK_SOURCES) private readonly sources: readonly WebhookSource[],
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listWebhookSources',
    summary: 'List who can send webhooks, whether they are set up, and their last delivery and failure',
  })
  @ApiOkResponse({ type: WebhookSourceListView, description: 'All sources, by name' })
  async list(): Promise<WebhookSourceListView> {
    const last = await this.log.lastOf(this.sources.map(({ name }) => name));
    const items = last.map(({ source, ...deliveries }) => {
      const signature = this.sources.find(({ name }) => name === source)?.signature ?? null;
      const proof = signature === null ? ('api_key' as const) : ('signature' as const);
      return { source, proof, enabled: signature?.enabled ?? true, ...deliveries };
    });
    return { items };
  }
}
