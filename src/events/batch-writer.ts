import { Logger } from '@nestjs/common';
import { type Fault, faultOf } from '../database/database-fault.js';
import { Problem } from '../http/problem.js';
import type { NewEvent, Recorded } from './event.js';
import { type EventLog, type Known, keyOf } from './event-log.js';
import { Rests } from './rests.js';

/** One event on its way, and whom to tell what became of it. */
export interface Pending {
  event: NewEvent;
  answer: (recorded: Recorded) => void;
  refuse: (cause: unknown) => void;
}

/**
 * Of one batch: the batch, its pipeline and the event that all three fail for, and one more. Then the database is slow, or
 * many events are, and the lane goes on without what is left of it.
 */
const MOST_FAILURES = 4;

/** What became of a batch that had to be divided. */
interface Division {
  failures: number;
  /** Whether any part could be stored: then those that could not are to blame, and not the database. */
  stored: boolean;
  alone: { fault: Fault; event: NewEvent; took_ms: number; cause: unknown }[];
}

/** Writes batches for a lane; of one that fails, finds out which events it fails for. */
export class BatchWriter {
  private readonly logger = new Logger(BatchWriter.name);
  private readonly events = new Rests();
  private readonly pipelines = new Rests();
  private failedAt: number | null = null;

  /** @param exhausted is told of each event that fails by itself for time or memory */
  constructor(
    private readonly log: Pick<EventLog, 'append'>,
    private readonly exhausted: () => void,
  ) {}

  /** When the database was last found unable to store anything, by performance.now(); null: it has stored something since. */
  get unableSince(): number | null {
    return this.failedAt;
  }

  /** Answers or refuses every one of them. Does not reject. */
  async write(batch: readonly Pending[]): Promise<void> {
    if (this.events.size + this.pipelines.size === 0) return this.writeTogether(batch);
    const groups = groupBy(this.awake(batch), ({ event }) => this.suspect(event) ?? '');
    const ready = groups.get('') ?? [];
    groups.delete('');
    for (const group of [ready, ...groups.values()]) {
      // The one before may have begun a rest that is of this one too.
      const awake = this.awake(group);
      if (awake.length > 0) await this.writeTogether(awake);
    }
  }

  /** Those that do not rest; the others are refused. */
  private awake(batch: readonly Pending[]): Pending[] {
    const now = performance.now();
    return batch.filter(({ event, refuse }) => {
      const left_ms = Math.max(this.events.left(keyOf(event), now), this.pipelines.left(event.pipeline_id, now));
      if (left_ms > 0) refuse(resting(left_ms));
      return left_ms <= 0;
    });
  }

  /**
   * What rested, and was not stored since, is not to hold up others: the event, or the whole pipeline, which has one lock
   * for all of its events. null: neither did.
   */
  private suspect(event: NewEvent): string | null {
    if (this.events.has(keyOf(event))) return keyOf(event);
    return this.pipelines.has(event.pipeline_id) ? event.pipeline_id : null;
  }

  private async writeTogether(batch: readonly Pending[]): Promise<void> {
    const division: Division = { failures: 0, stored: false, alone: [] };
    await this.writePart(batch, division);
    const { stored, alone } = division;
    if (stored || division.failures === 1) for (const one of alone) this.rest(one);
  }

  private async writePart(part: readonly Pending[], division: Division): Promise<void> {
    const groups = groupBy(part, ({ event }) => keyOf(event));
    const began = performance.now();
    try {
      const known = await this.log.append([...groups.values()].flatMap(([first]) => (first ? [first.event] : [])));
      for (const [key, group] of groups) answerGroup(group, known.get(key));
      division.stored = true;
      this.failedAt = null;
      this.endRests(part);
    } catch (cause) {
      const fault = faultOf(cause);
      if (fault === 'unstorable') await this.halve([...groups.values()], cause, division);
      else if (fault === 'exhausted' || fault === 'locked') {
        const took_ms = performance.now() - began;
        await this.divide([...groups.values()], { fault, took_ms, cause }, division);
      } else {
        this.failedAt = performance.now();
        refuseAll(part, cause);
      }
    }
  }

  /** Until the events that cannot be stored, whatever the state of the database, fail alone. */
  private async halve(groups: Pending[][], cause: unknown, division: Division): Promise<void> {
    const [[first] = []] = groups;
    if (groups.length > 1) {
      const middle = Math.ceil(groups.length / 2);
      await this.writePart(groups.slice(0, middle).flat(), division);
      await this.writePart(groups.slice(middle).flat(), division);
    } else if (first) {
      this.logger.error({ msg: 'an event cannot be stored', ...namesOf(first.event), err: cause });
      for (const pending of groups.flat()) pending.answer({ outcome: 'failed', cause });
    }
  }

  /** Once by pipeline, then by event: an event that takes too much is not to keep its neighbours waiting. */
  private async divide(
    groups: Pending[][],
    failed: { fault: Fault; took_ms: number; cause: unknown },
    division: Division,
  ): Promise<void> {
    const [[first] = []] = groups;
    const pipelines = groupBy(groups, ([one]) => one?.event.pipeline_id ?? '');
    const parts = pipelines.size > 1 ? [...pipelines.values()].map((some) => some.flat()) : groups;
    division.failures++;
    // A lock is of the whole pipeline.
    if (first && (parts.length === 1 || (failed.fault === 'locked' && pipelines.size === 1))) {
      division.alone.push({ ...failed, event: first.event });
      return refuseAll(groups.flat(), failed.cause);
    }
    for (const part of parts) {
      if (division.failures < MOST_FAILURES) await this.writePart(part, division);
      else refuseAll(part, failed.cause);
    }
  }

  /** As long as it took in vain, so that whoever sends it again and again does not hold up everybody. */
  private rest({ fault, event, took_ms, cause }: Division['alone'][number]): void {
    if (fault === 'locked') {
      this.logger.warn({ msg: 'a pipeline is locked', pipeline_id: event.pipeline_id, err: cause });
      return this.pipelines.begin(event.pipeline_id, took_ms);
    }
    this.exhausted();
    this.logger.error({ msg: 'an event took too long, or too much memory', ...namesOf(event), err: cause });
    this.events.begin(keyOf(event), took_ms);
  }

  private endRests(stored: readonly Pending[]): void {
    if (this.events.size + this.pipelines.size === 0) return;
    for (const { event } of stored) {
      this.events.end(keyOf(event));
      this.pipelines.end(event.pipeline_id);
    }
  }
}

function namesOf({ pipeline_id, id }: NewEvent) {
  return { pipeline_id, id };
}

function resting(left_ms: number): Problem {
  const detail = 'This could not be stored just now, for time, memory or a lock; it is tried again after a while.';
  return new Problem(503, detail, [], { 'Retry-After': String(Math.ceil(left_ms / 1000)) });
}

function refuseAll(batch: readonly Pending[], cause: unknown): void {
  for (const pending of batch) pending.refuse(cause);
}

/** Events under one key in one batch: the first was stored now, or all meet what was known before. */
function answerGroup(group: Pending[], known: Known | undefined): void {
  const [first] = group;
  if (!first) return;
  const stored = known ?? first.event;
  for (const { event, answer } of group) {
    if (event.content_hash !== stored.content_hash) answer({ outcome: 'conflict', event });
    else if (event === stored) answer({ outcome: 'created', event });
    else {
      const { occurred_at, received_at } = stored;
      answer({ outcome: 'duplicate', event: { ...event, occurred_at, received_at } });
    }
  }
}

/** In the order of each key's first. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
