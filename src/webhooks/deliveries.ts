import { Inject, Injectable } from '@nestjs/common';
import { Problem } from '../http/problem.js';
import { DeliveryInbox } from './delivery-inbox.js';
import type { DeliveryListQuery } from './delivery-list.query.js';
import { DeliveryLog } from './delivery-log.js';
import type { WebhookDelivery } from './delivery.entity.js';
import { Hooks } from './hooks/hooks.js';
import type { DeliveryDetailView, DeliveryListView, DeliveryView } from './delivery.view.js';
import { WEBHOOK_SOURCES, type WebhookSource } from './webhook-source.js';

/** The delivery log as admins see it. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly log: DeliveryLog,
    private readonly inbox: DeliveryInbox,
    @Inject(WEBHOOK_SOURCES) private readonly sources: readonly WebhookSource[],
    private readonly hooks: Hooks,
  ) {}

  list(query: DeliveryListQuery): Promise<DeliveryListView> {
    return this.log.list(query);
  }

  async show(id: string): Promise<DeliveryDetailView> {
    const { body, ...delivery } = await this.find(id);
    return { ...delivery, body: body.toString('utf8') };
  }

  async replay(id: string): Promise<DeliveryView> {
    const delivery = await this.find(id);
    const known = this.sources.find(({ name }) => name === delivery.source);
    const source = known ?? (await this.hooks.sourceNamed(delivery.source));
    if (source === null) throw new Problem(409, `Nothing here reads deliveries of ${delivery.source} any more`);
    return this.inbox.decide(source, delivery);
  }

  private async find(id: string): Promise<WebhookDelivery> {
    const delivery = await this.log.find(id);
    if (delivery === null) throw new Problem(404, 'There is no such delivery');
    return delivery;
  }
}
