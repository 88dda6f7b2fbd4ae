import { Injectable } from '@nestjs/common';
import type { Actor } from '../audit/actor.js';
import type { NewEvent } from '../events/event.js';
import { EventRecorder } from '../events/event-recorder.js';
import { type FactChange, FACTS } from '../events/fact-change.js';
import { Revisions, type ToldStill } from '../events/revisions.js';
import { conflictOf } from './delivery-translator.js';
import type { ReplayBody } from './replay.body.js';
import { ReplayLog, type Selection } from './replay-log.js';
import type { ReplayPlan } from './replay-plan.js';
import { ReplayPlanner } from './replay-planner.js';
import type { ReplayView } from './replay.view.js';

const MOST_CHANGES = 1000;
/** Recorded at once: other senders, who are refused while too many events wait, go on meanwhile. */
const CHUNK = 1000;

/**
 * Reads kept deliveries as they would be read now, records what they did not tell before, and takes back what they told
 * before and no delivery tells any more. Done again it changes nothing, so one that broke off is simply started anew.
 */
@Injectable()
export class Replays {
  constructor(
    private readonly planner: ReplayPlanner,
    private readonly log: ReplayLog,
    private readonly recorder: EventRecorder,
    private readonly revisions: Revisions,
  ) {}

  replay({ dry_run, ...selection }: ReplayBody, by: Actor): Promise<ReplayView> {
    return this.log.alone(async () => {
      const plan = await this.planner.plan(selection);
      return dry_run ? this.preview(plan) : this.audited(plan, selection, by);
    });
  }

  one(id: string, by: Actor): Promise<ReplayView> {
    return this.log.alone(async () => this.audited(await this.planner.plan({ id }), { id }, by));
  }

  /** It takes many transactions: what was begun is told even if it is broken off. */
  private async audited(plan: ReplayPlan, selection: Selection, by: Actor): Promise<ReplayView> {
    await this.log.audit('replay.started', selection, by, { deliveries: plan.decisions.size });
    const view = await this.carryOut(plan);
    await this.log.audit('replay.ended', selection, by, { outcomes: view.outcomes, events: view.events });
    return view;
  }

  private async preview(plan: ReplayPlan): Promise<ReplayView> {
    const facts = { commits: 0, deployments: 0, deployment_changes: 0, incidents: 0 };
    const changes: FactChange[] = [];
    const revised: Revised[] = [];
    const toldStill = this.toldStill(plan);
    for (const revision of plan.revisions()) {
      const most = MOST_CHANGES - changes.length;
      const { withdrawn, rows, changes: some } = await this.revisions.preview(revision, toldStill, most);
      for (const fact of FACTS) facts[fact] += rows[fact];
      changes.push(...some);
      revised.push({ pipeline_id: revision.pipeline_id, added: revision.added.length, withdrawn });
    }
    return { dry_run: true, ...viewOf(plan, revised), facts, changes };
  }

  /** First all that is new: where a delivery could not be stored anew, what it told before stays. */
  private async carryOut(plan: ReplayPlan): Promise<ReplayView> {
    for (const { added } of plan.revisions()) {
      for (let i = 0; i < added.length; i += CHUNK) await this.record(plan, added.slice(i, i + CHUNK));
    }
    const revised: Revised[] = [];
    const toldStill = this.toldStill(plan);
    for (const revision of plan.revisions()) {
      const goes = revision.withdrawn.length > 0;
      const withdrawn = goes ? await this.revisions.withdraw(revision, toldStill) : 0;
      revised.push({ pipeline_id: revision.pipeline_id, added: revision.added.length, withdrawn });
    }
    await this.log.settle(plan.decisions);
    return { dry_run: false, ...viewOf(plan, revised), facts: null, changes: [] };
  }

  private async record(plan: ReplayPlan, events: readonly NewEvent[]): Promise<void> {
    const recorded = await this.recorder.recordMore(events);
    recorded.forEach((one, index) => {
      const event = events[index];
      if (event !== undefined && one.outcome === 'failed') plan.fail(event, String(one.cause));
      if (one.outcome === 'conflict') plan.fail(one.event, conflictOf(one.event.id));
    });
  }

  private toldStill({ readable }: ReplayPlan): ToldStill {
    return (manager, pipeline_id, ids) => this.log.toldByOthers(manager, readable, pipeline_id, ids);
  }
}

/** How many events of a pipeline there are more, and how many were taken back. */
interface Revised {
  pipeline_id: string;
  added: number;
  withdrawn: number;
}

function viewOf(plan: ReplayPlan, all: readonly Revised[]): Omit<ReplayView, 'dry_run' | 'facts' | 'changes'> {
  const outcomes: Record<string, number> = {};
  for (const { outcome } of plan.decisions.values()) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  const revised = all.filter(({ added, withdrawn }) => added + withdrawn > 0);
  return {
    deliveries: plan.decisions.size,
    outcomes,
    events: {
      added: revised.reduce((sum, { added }) => sum + added, 0),
      withdrawn: revised.reduce((sum, { withdrawn }) => sum + withdrawn, 0),
    },
    pipelines: revised.map(({ pipeline_id }) => pipeline_id),
  };
}
