import * as fc from 'fast-check';

import { DAY, HISTORY_START, MINUTE } from './alphabet.js';
import type { Query } from './model/metrics.js';

/** Ranges begin and end at the times of events, too. */
const instants = fc
  .tuple(fc.integer({ min: -1, max: 4 }), fc.integer({ min: 0, max: 60 }))
  .map(([day, step]) => HISTORY_START + day * DAY + step * 2.5 * MINUTE);

/** Questions that may be asked of a random history. */
export const queries: fc.Arbitrary<Query> = fc
  .record({
    pipelines: fc.constantFrom<string[]>(['alpha'], ['Beta/é'], ['alpha', 'Beta/é']),
    environments: fc.constantFrom<string[] | undefined>(
      undefined,
      undefined,
      ['production'],
      ['staging', 'é'],
      ['Prod', 'production'],
    ),
    ends: fc.tuple(instants, instants),
    timeZone: fc.constantFrom('UTC', 'America/New_York', 'Asia/Kolkata'),
    bots: fc.boolean(),
  })
  .map(({ ends: [a, b], ...query }) => ({ ...query, from: Math.min(a, b), to: a === b ? a + DAY : Math.max(a, b) }));

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
