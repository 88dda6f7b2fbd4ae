import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EventsModule } from '../events/events.module.js';
import { Deliveries } from './deliveries.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveryCounter } from './delivery-counter.js';
import { DeliveryInbox } from './delivery-inbox.js';
import { DeliveryLog } from './delivery-log.js';
import { DeliveryRetention } from './delivery-retention.js';
import { DeliveryTranslator } from './delivery-translator.js';
import { WebhookDelivery } from './delivery.entity.js';
import { github } from './github/github.js';
import { HookDeliveryController } from './hooks/hook-delivery.controller.js';
import { HookTrial } from './hooks/hook-trial.js';
import { Hook } from './hooks/hook.entity.js';
import { HooksController } from './hooks/hooks.controller.js';
import { Hooks } from './hooks/hooks.js';
import { WEBHOOK_SOURCES, type WebhookSource } from './webhook-source.js';

/** Who may send webhooks: each is a folder here. */
const sources = [github];

@Module({
  imports: [TypeOrmModule.forFeature([WebhookDelivery, Hook]), EventsModule],
  controllers: [
    DeliveriesController,
    HooksController,
    HookDeliveryController,
    ...sources.map(({ controller }) => controller),
  ],
  providers: [
    ...sources.map(({ source }) => source),
    {
      provide: WEBHOOK_SOURCES,
      inject: sources.map(({ source }) => source),
      useFactory: (...all: WebhookSource[]) => all,
    },
    Deliveries,
    DeliveryCounter,
    DeliveryInbox,
    DeliveryLog,
    DeliveryRetention,
    DeliveryTranslator,
    Hooks,
    HookTrial,
  ],
})
export class WebhooksModule {}
