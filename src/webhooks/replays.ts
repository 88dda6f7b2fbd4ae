import { Injectable } from '@nestjs/common';
import type { NewEvent } from '../events/event.js';
import { EventRecorder } from '../events/event-recorder.js';
import { type Preview, type Revision, Revisions } from '../events/revisions.js';
import { conflictOf } from './delivery-translator.js';
import type { ReplayBody } from './replay.body.js';
import { ReplayLog } from './replay-log.js';
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

  replay({ dry_run, ...selection }: ReplayBody): Promise<ReplayView> {
    return this.log.alone(async () => {
      const plan = await this.planner.plan(selection);
      const revisions = plan.revisions();
      const facts = dry_run ? await this.preview(revisions) : await this.carryOut(plan, revisions);
      return viewOf(plan, revisions, facts);
    });
  }

  one(id: string): Promise<void> {
    return this.log.alone(async () => {
      const plan = await this.planner.plan({ id });
      await this.carryOut(plan, plan.revisions());
    });
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
      for (let i = 0; i < added.length; i += CHUNK) await this.record(plan, added.slice(i, i + CHUNK));
      if (withdrawn.length > 0) await this.revisions.withdraw(pipeline_id, withdrawn);
    }
    await this.log.settle(plan.decisions);
    return null;
  }

  private async record(plan: ReplayPlan, events: readonly NewEvent[]): Promise<void> {
    const recorded = await this.recorder.recordMore(events);
    recorded.forEach((one, index) => {
      const event = events[index];
      if (event !== undefined && one.outcome === 'failed') plan.fail(event.id, String(one.cause));
      if (one.outcome === 'conflict') plan.fail(one.event.id, conflictOf(one.event.id));
    });
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
