import { Injectable } from '@nestjs/common';
import { Counter, register } from 'prom-client';
import type { Outcome } from './delivery.entity.js';

const NAME = 'devopstic_webhook_deliveries_total';

/** Counts webhook requests by how they were answered; refused signatures leave no other trace than this and the log. */
@Injectable()
export class DeliveryCounter {
  // One for the process: apps that share it, as in tests, share its registry too.
  private readonly deliveries =
    (register.getSingleMetric(NAME) as Counter | undefined) ??
    new Counter({ name: NAME, help: 'Webhook requests, by how they were answered', labelNames: ['source', 'outcome'] });

  count(source: string, outcome: Outcome): void {
    this.deliveries.inc({ source, outcome });
  }
}
