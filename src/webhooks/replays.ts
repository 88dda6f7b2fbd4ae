import { Inject, Injectable } from '@nestjs/common';
import { EventRecorder } from '../events/event-recorder.js';
import { type Preview, type Revision, Revisions } from '../events/revisions.js';
import { Problem } from '../http/problem.js';
import type { WebhookDelivery } from './delivery.entity.js';
import { DeliveryTranslator } from './delivery-translator.js';
import type { ReplayBody } from './replay.body.js';
import { ReplayLog, type Selection } from './replay-log.js';
import { ReplayPlan } from './replay-plan.js';
import type { ReplayView } from './replay.view.js';
import { WEBHOOK_SOURCES, type WebhookSource } from './webhook-source.js';

/** More of them would take too much memory at once: they can be replayed a part at a time. */
const MOST_DELIVERIES = 50_000;
const MOST_CHANGES = 1000;
const KEYS_AT_ONCE = 5000;

/**
 * Reads kept deliveries as they would be read now, records what they did not tell before, and takes back what they told
 * before and no delivery tells any more. Done again it changes nothing, so one that broke off is simply started anew.
 */
@Injectable()
export class Replays {
  constructor(
    private readonly log: ReplayLog,
    private readonly translator: DeliveryTranslator,
    private readonly recorder: EventRecorder,
    private readonly revisions: Revisions,
    @Inject(WEBHOOK_SOURCES) private readonly sources: readonly WebhookSource[],
  ) {}

  replay({ dry_run, ...selection }: ReplayBody): Promise<ReplayView> {
    return this.log.alone(async () => {
      const plan = await this.plan(selection);
      const revisions = plan.revisions();
      const facts = dry_run ? await this.preview(revisions) : await this.carryOut(plan, revisions);
      return viewOf(plan, revisions, facts);
    });
  }

  /** @throws Problem 409 if nothing here reads the source of the delivery */
  one(delivery: Pick<WebhookDelivery, 'id' | 'source'>): Promise<void> {
    if (this.sourceOf(delivery) === undefined) throw new Problem(409, unreadable(delivery).error);
    return this.log.alone(async () => {
      const plan = await this.plan({ id: delivery.id });
      await this.carryOut(plan, plan.revisions());
    });
  }

  private async plan(selection: Selection): Promise<ReplayPlan> {
    const plan = new ReplayPlan();
    const scope = await this.translator.scope();
    for await (const delivery of this.log.deliveries(selection)) {
      if (plan.decisions.size === MOST_DELIVERIES) throw tooMany();
      const source = this.sourceOf(delivery);
      plan.add(
        delivery,
        source === undefined ? unreadable(delivery) : this.translator.understand(source, delivery, scope),
      );
    }
    const former = (await this.log.former(plan.readable)).filter((key) => !plan.tells(key));
    const others = await this.log.toldByOthers(
      plan.readable,
      former.map(({ id }) => id),
    );
    plan.withdraw(former.filter(({ id }) => !others.has(id)));
    for (const keys of plan.keys(KEYS_AT_ONCE)) plan.known(await this.log.stored(keys));
    return plan;
  }

  private sourceOf({ source }: Pick<WebhookDelivery, 'source'>): WebhookSource | undefined {
    return this.sources.find(({ name }) => name === source);
  }

  private async preview(revisions: readonly Revision[]): Promise<Preview> {
    const all: Preview = { rows: { commits: 0, deployments: 0, deployment_changes: 0, incidents: 0 }, changes: [] };
    for (const revision of revisions) {
      const { rows, changes } = await this.revisions.preview(revision, MOST_CHANGES - all.changes.length);
      for (const fact of Object.keys(rows) as (keyof typeof rows)[]) all.rows[fact] += rows[fact];
      all.changes.push(...changes);
    }
    return all;
  }

  private async carryOut(plan: ReplayPlan, revisions: readonly Revision[]): Promise<null> {
    for (const { pipeline_id, added, withdrawn } of revisions) {
      const recorded = await this.recorder.recordMore(added);
      recorded.forEach((one, index) => {
        const event = added[index];
        if (event !== undefined && one.outcome === 'failed') plan.fail(event.id, String(one.cause));
      });
      if (withdrawn.length > 0) await this.revisions.withdraw(pipeline_id, withdrawn);
    }
    await this.log.settle(plan.decisions);
    return null;
  }
}

function viewOf(plan: ReplayPlan, revisions: readonly Revision[], preview: Preview | null): ReplayView {
  const outcomes: Record<string, number> = {};
  for (const { outcome } of plan.decisions.values()) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return {
    dry_run: preview !== null,
    deliveries: plan.decisions.size,
    outcomes,
    events: {
      added: revisions.reduce((sum, { added }) => sum + added.length, 0),
      withdrawn: revisions.reduce((sum, { withdrawn }) => sum + withdrawn.length, 0),
    },
    pipelines: revisions.map(({ pipeline_id }) => pipeline_id),
    facts: preview?.rows ?? null,
    changes: preview?.changes ?? [],
  };
}

function unreadable({ source }: Pick<WebhookDelivery, 'source'>) {
  const error = `Nothing here reads deliveries of ${source} any more`;
  return { outcome: 'failed' as const, reason: 'source_unknown', error, event_ids: [], pipelines: [] };
}

function tooMany(): Problem {
  const detail = `must select at most ${MOST_DELIVERIES} deliveries: narrow it down by from and to`;
  return new Problem(400, 'Too many deliveries at once', [{ pointer: '', detail }]);
}
