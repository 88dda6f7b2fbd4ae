import * as fc from 'fast-check';

import { DAY, HISTORY_START, MINUTE } from './alphabet.js';
import { histories } from './history.js';
import { timeOf } from './model/event.js';
import type { ModelEvent, Time } from './model/event.js';
import type { Query } from './model/metrics.js';

const instants = fc
  .tuple(fc.integer({ min: -1, max: 4 }), fc.integer({ min: 0, max: 60 }))
  .map(([day, step]) => HISTORY_START + day * DAY + step * 2.5 * MINUTE);

const queries = fc.record({
  pipelines: fc.constantFrom<string[]>(['alpha'], ['Beta/é'], ['alpha', 'Beta/é']),
  environments: fc.constantFrom<string[] | undefined>(
    undefined,
    undefined,
    ['production'],
    ['staging', 'é'],
    ['Prod', 'production'],
  ),
  ends: fc.tuple(instants, instants),
  /** The range begins and ends exactly when something happened. */
  exact: fc.boolean(),
  timeZone: fc.constantFrom('UTC', 'America/New_York', 'Asia/Kolkata'),
  bots: fc.boolean(),
});

export interface Asked {
  events: ModelEvent[];
  queries: Query[];
}

/** Random histories, and questions that may be asked of each. */
export function askedHistories(most = 1): fc.Arbitrary<Asked> {
  return fc
    .tuple(histories, fc.array(queries, { minLength: 1, maxLength: most, size: 'max' }))
    .map(([events, asked]) => ({
      events,
      queries: asked.map(({ ends, exact, ...query }) => {
        const [from, to] = ends.map((end) => (exact ? nearest(end, events) : end)).toSorted((a, b) => a - b);
        return { ...query, from: from!, to: from === to ? to! + DAY : to! };
      }),
    }));
}

function nearest(instant: Time, events: ModelEvent[]): Time {
  const times = events.map((event) => timeOf(event));
  return times.toSorted((a, b) => Math.abs(a - instant) - Math.abs(b - instant))[0]!;
}

/** The address that asks it of the pipelines that are called `<prefix><name>`. */
export function pathOf(
  path: string,
  { pipelines, environments = [], from, to, timeZone, bots }: Pick<Query, 'pipelines'> & Partial<Query>,
  prefix: string,
  more: Record<string, string> = {},
): string {
  const parameters = new URLSearchParams(more);
  for (const pipeline of pipelines) parameters.append('pipeline', `${prefix}${pipeline}`);
  for (const environment of environments) parameters.append('environment', environment);
  if (from !== undefined) parameters.append('from', new Date(from).toISOString());
  if (to !== undefined) parameters.append('to', new Date(to).toISOString());
  if (timeZone !== undefined) parameters.append('time_zone', timeZone);
  if (bots !== undefined) parameters.append('bots', String(bots));
  return `${path}?${parameters.toString()}`;
}

/** Sums in another order differ in their last digits. */
export function rounded<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_key, part: unknown) => (typeof part === 'number' ? Math.round(part * 1e6) / 1e6 : part)),
  );
}
