import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Problem } from '../http/problem.js';
import type { Scope } from '../scope/scope.js';
import { bodyGroups } from './body-groups.js';
import type { Decision } from './delivery-log.js';
import { DeliveryTranslator, nobodyReads, permitted, type Told } from './delivery-translator.js';
import { ReplayLog, type ReplayedDelivery, type Selection } from './replay-log.js';
import { type EventKey, ReplayPlan } from './replay-plan.js';
import { parseAhead } from './request-body.js';
import { Sources } from './sources.js';

/** What is told of more of them would take too much memory: they can be replayed a part at a time. */
const MOST_DELIVERIES = 50_000;
const MOST_EVENTS = 500_000;
const KEYS_AT_ONCE = 5000;

/** Reads kept deliveries as they would be read now, and finds out what that would change. Changes nothing. */
@Injectable()
export class ReplayPlanner {
  constructor(
    private readonly log: ReplayLog,
    private readonly translator: DeliveryTranslator,
    private readonly sources: Sources,
  ) {}

  /** @throws Problem 400 if there is no such source, if there are too many deliveries, or if they tell too much */
  async plan(selection: Selection): Promise<ReplayPlan> {
    const plan = await this.read(selection);
    plan.withdraw((await this.log.former(plan.readable)).filter((key) => !plan.tells(key)));
    return plan;
  }

  private async read(selection: Selection): Promise<ReplayPlan> {
    const selected = await this.log.selected(selection, MOST_DELIVERIES + 1);
    if (selected.length > MOST_DELIVERIES) throw tooMany(`select at most ${MOST_DELIVERIES} deliveries`);
    // A name that was mistyped would come to nothing, as if there were nothing to do.
    if (selected.length === 0) await this.refuseUnknownSource(selection);
    const plan = new ReplayPlan();
    // One version of the rules for all of them.
    const scope = await this.translator.scope();
    for (const ids of bodyGroups(selected)) await this.readSome(plan, await this.log.withBodies(ids), scope);
    return plan;
  }

  private async refuseUnknownSource(selection: Selection): Promise<void> {
    const source = 'source' in selection ? selection.source : undefined;
    if (source !== undefined && (await this.sources.named(source)) === null) throw unknownSource();
  }

  /** Of what is stored already, the plan need not hold more than the keys. */
  private async readSome(plan: ReplayPlan, deliveries: readonly ReplayedDelivery[], scope: Scope): Promise<void> {
    const keys: EventKey[] = [];
    for (const delivery of deliveries) {
      const told = await this.understand(delivery, scope);
      plan.add(delivery, told);
      for (const { pipeline_id, id } of 'events' in told ? told.events : []) keys.push({ pipeline_id, id });
      if (plan.events > MOST_EVENTS) throw tooMany(`tell at most ${MOST_EVENTS} events`);
      // Of large pushes: others have their turn.
      await setImmediate();
    }
    for (let i = 0; i < keys.length; i += KEYS_AT_ONCE) {
      plan.known(await this.log.stored(keys.slice(i, i + KEYS_AT_ONCE)));
    }
  }

  private async understand(delivery: ReplayedDelivery, scope: Scope): Promise<Told | Decision> {
    const source = await this.sources.named(delivery.source);
    await parseAhead(delivery.body, delivery.headers['content-type']);
    const told = source === null ? nobodyReads(delivery.source) : this.translator.understand(source, delivery, scope);
    return permitted(told, (pipeline_id) => delivery.limited_to?.includes(pipeline_id) ?? true);
  }
}

function tooMany(most: string): Problem {
  const detail = `must ${most}: narrow it down by from and to`;
  return new Problem(400, 'Too many deliveries at once', [{ pointer: '', detail }]);
}

function unknownSource(): Problem {
  const detail = 'must be the name of a source: GET /webhook-sources lists those that are built in';
  return new Problem(400, 'The request is not valid', [{ pointer: '/source', detail }]);
}
