import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '../config/config.js';
import { EventsModule } from '../events/events.module.js';
import { ScopeModule } from '../scope/scope.module.js';
import { alertmanager } from './alertmanager/alertmanager.js';
import { argocd } from './argocd/argocd.js';
import { azureDevops } from './azure-devops/azure-devops.js';
import { bitbucket } from './bitbucket/bitbucket.js';
import { type BuiltInSource, sourceFrom, tokenOf } from './built-in-source.js';
import { cdevents } from './cdevents/cdevents.js';
import { circleci } from './circleci/circleci.js';
import { datadog } from './datadog/datadog.js';
import { DeliveriesController } from './deliveries.controller.js';
import { Deliveries } from './deliveries.js';
import { DeliveryCounter } from './delivery-counter.js';
import { DeliveryDecider } from './delivery-decider.js';
import { DeliveryInbox } from './delivery-inbox.js';
import { DeliveryLog } from './delivery-log.js';
import { DeliveryRetention } from './delivery-retention.js';
import { DeliveryTranslator } from './delivery-translator.js';
import { flux } from './flux/flux.js';
import { gitea } from './gitea/gitea.js';
import { github } from './github/github.js';
import { gitlab } from './gitlab/gitlab.js';
import { grafana } from './grafana/grafana.js';
import { HookDeliveryController } from './hooks/hook-delivery.controller.js';
import { HookTrial } from './hooks/hook-trial.js';
import { Hook } from './hooks/hook.entity.js';
import { HooksController } from './hooks/hooks.controller.js';
import { Hooks } from './hooks/hooks.js';
import { ShippedHooksController } from './hooks/shipped-hooks.controller.js';
import { incidentio } from './incidentio/incidentio.js';
import { jenkins } from './jenkins/jenkins.js';
import { LeftDeliveries } from './left-deliveries.js';
import { opsgenie } from './opsgenie/opsgenie.js';
import { pagerduty } from './pagerduty/pagerduty.js';
import { ReplayLog } from './replay-log.js';
import { ReplayPlanner } from './replay-planner.js';
import { Replays } from './replays.js';
import { rootly } from './rootly/rootly.js';
import { Sources } from './sources.js';
import { tekton } from './tekton/tekton.js';
import { webhookController } from './webhook-controller.js';
import { WEBHOOK_SOURCES, type WebhookSource } from './webhook-source.js';
import { WebhookSourcesController } from './webhook-sources.controller.js';

/** Who may send webhooks: each is a folder here. */
const BUILT_IN: readonly BuiltInSource[] = [
  github,
  gitlab,
  bitbucket,
  gitea,
  azureDevops,
  pagerduty,
  opsgenie,
  alertmanager,
  grafana,
  datadog,
  incidentio,
  rootly,
  cdevents,
  argocd,
  flux,
  jenkins,
  circleci,
  tekton,
];

@Module({
  imports: [TypeOrmModule.forFeature([Hook]), EventsModule, ScopeModule],
  controllers: [
    DeliveriesController,
    WebhookSourcesController,
    HooksController,
    ShippedHooksController,
    HookDeliveryController,
    ...BUILT_IN.map(webhookController),
  ],
  providers: [
    ...BUILT_IN.map((one) => ({
      provide: tokenOf(one.name),
      inject: [Config],
      useFactory: (config: Config) => sourceFrom(one, config),
    })),
    {
      provide: WEBHOOK_SOURCES,
      inject: BUILT_IN.map(({ name }) => tokenOf(name)),
      useFactory: (...all: WebhookSource[]) => all,
    },
    Deliveries,
    DeliveryCounter,
    DeliveryDecider,
    DeliveryInbox,
    DeliveryLog,
    DeliveryRetention,
    DeliveryTranslator,
    LeftDeliveries,
    ReplayLog,
    ReplayPlanner,
    Replays,
    Sources,
    Hooks,
    HookTrial,
  ],
})
export class WebhooksModule {}
