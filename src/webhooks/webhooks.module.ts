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
import { argocd } from './argocd/argocd.js';
import { cdevents } from './cdevents/cdevents.js';
import { circleci } from './circleci/circleci.js';
import { flux } from './flux/flux.js';
import { github } from './github/github.js';
import { jenkins } from './jenkins/jenkins.js';
import { tekton } from './tekton/tekton.js';
import { WEBHOOK_SOURCES, type WebhookSource } from './webhook-source.js';

/** Who may send webhooks: each is a folder here. */
const sources = [github, cdevents, tekton, flux, argocd, jenkins, circleci];

@Module({
  imports: [TypeOrmModule.forFeature([WebhookDelivery]), EventsModule],
  controllers: [DeliveriesController, ...sources.map(({ controller }) => controller)],
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
  ],
})
export class WebhooksModule {}
