import { Injectable } from '@nestjs/common';
import { Problem } from '../http/problem.js';
import { DeliveryTranslator, permitted } from './delivery-translator.js';
import { ReplayLog, type ReplayedDelivery, type Selection } from './replay-log.js';
import { ReplayPlan } from './replay-plan.js';
import { Sources } from './sources.js';

/** More of them would take too much memory at once: they can be replayed a part at a time. */
const MOST_DELIVERIES = 50_000;
const KEYS_AT_ONCE = 5000;

/** Reads kept deliveries as they would be read now, and finds out what that would change. Changes nothing. */
@Injectable()
export class ReplayPlanner {
  constructor(
    private readonly log: ReplayLog,
    private readonly translator: DeliveryTranslator,
    private readonly sources: Sources,
  ) {}

  /** @throws Problem 400 if there are too many */
  async plan(selection: Selection): Promise<ReplayPlan> {
    const plan = await this.read(selection);
    const former = (await this.log.former(plan.readable)).filter((key) => !plan.tells(key));
    const others = await this.log.toldByOthers(
      plan.readable,
      former.map(({ id }) => id),
    );
    plan.withdraw(former.filter(({ id }) => !others.has(id)));
    for (const keys of plan.keys(KEYS_AT_ONCE)) plan.known(await this.log.stored(keys));
    return plan;
  }

  private async read(selection: Selection): Promise<ReplayPlan> {
    const plan = new ReplayPlan();
    // One version of the rules for all of them.
    const scope = await this.translator.scope();
    for await (const delivery of this.log.deliveries(selection)) {
      if (plan.decisions.size === MOST_DELIVERIES) throw tooMany();
      const source = await this.sources.named(delivery.source);
      const told = source === null ? unreadable(delivery) : this.translator.understand(source, delivery, scope);
      plan.add(
        delivery,
        permitted(told, (pipeline_id) => delivery.limited_to?.includes(pipeline_id) ?? true),
      );
    }
    return plan;
  }
}

function unreadable({ source }: ReplayedDelivery) {
  const error = `Nothing here reads deliveries of ${source} any more`;
  return { outcome: 'failed' as const, reason: 'source_unknown', error, event_ids: [], pipelines: [] };
}

function tooMany(): Problem {
  const detail = `must select at most ${MOST_DELIVERIES} deliveries: narrow it down by from and to`;
  return new Problem(400, 'Too many deliveries at once', [{ pointer: '', detail }]);
}
