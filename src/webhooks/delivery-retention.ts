import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Retention } from '../database/retention.js';
import { DeliveryLog } from './delivery-log.js';

/** Deletes deliveries that are kept for long enough. */
@Injectable()
export class DeliveryRetention extends Retention {
  constructor(
    private readonly log: DeliveryLog,
    { delivery_retention_seconds }: Config,
  ) {
    super('webhook deliveries', delivery_retention_seconds);
  }

  protected prune(older_than_seconds: number, at_most: number): Promise<number> {
    return this.log.prune(older_than_seconds, at_most);
  }
}
