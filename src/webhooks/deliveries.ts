import { Injectable } from '@nestjs/common';
import type { Actor } from '../audit/actor.js';
import { Problem } from '../http/problem.js';
import type { DeliveryListQuery } from './delivery-list.query.js';
import { DeliveryLog, type DeliveryWithBody } from './delivery-log.js';
import type { DeliveryDetailView, DeliveryListView, DeliveryView } from './delivery.view.js';
import { Replays } from './replays.js';
import { Sources } from './sources.js';

/** The delivery log as admins see it. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly log: DeliveryLog,
    private readonly replays: Replays,
    private readonly sources: Sources,
  ) {}

  list(query: DeliveryListQuery): Promise<DeliveryListView> {
    return this.log.list(query);
  }

  async show(id: string): Promise<DeliveryDetailView> {
    const { body, ...delivery } = await this.find(id);
    return { ...delivery, body: body.toString('utf8') };
  }

  async replay(id: string, by: Actor): Promise<DeliveryView> {
    const { source } = await this.find(id);
    if ((await this.sources.named(source)) === null) {
      throw new Problem(409, `Nothing here reads deliveries of ${source} any more`);
    }
    await this.replays.one(id, by);
    const { body: _, ...delivery } = await this.find(id);
    return delivery;
  }

  private async find(id: string): Promise<DeliveryWithBody> {
    const delivery = await this.log.find(id);
    if (delivery === null) throw new Problem(404, 'There is no such delivery');
    return delivery;
  }
}
