import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access.js';
import { DeliveryLog } from './delivery-log.js';
import { Sources } from './sources.js';
import { WebhookSourceListView } from './webhook-source.view.js';

@ApiTags('webhooks')
@Controller('webhook-sources')
@Access('admin')
export class WebhookSourcesController {
  constructor(
    private readonly log: DeliveryLog,
    private readonly sources: Sources,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listWebhookSources',
    summary: 'List who can send webhooks, whether they are set up, and their last delivery and failure',
  })
  @ApiOkResponse({ type: WebhookSourceListView, description: 'All sources, by name' })
  async list(): Promise<WebhookSourceListView> {
    const sources = await this.sources.all();
    const last = await this.log.lastOf(sources.map(({ name }) => name));
    const items = sources.map(({ name, signature, fault = null }) => {
      const deliveries = last.find(({ source }) => source === name);
      return {
        source: name,
        proof: signature === null ? ('api_key' as const) : ('signature' as const),
        enabled: signature?.enabled ?? true,
        fault,
        last_delivery: deliveries?.last_delivery ?? null,
        last_failure: deliveries?.last_failure ?? null,
      };
    });
    return { items };
  }
}
