import * as fc from 'fast-check';

import type { ModelEvent } from './model/event.js';

/**
 * What random histories are made of: few values, so that events meet in the same commits, pull requests and deployments,
 * at equal times, and in spans of exactly five minutes and 24 hours. Names differ by case, are a prefix of one another, or
 * sort otherwise by UTF-16 (JavaScript) than by UTF-8 (Postgres).
 */
const COMMITS = ['a', 'b', 'B', 'c1', 'c10', '_', 'é', '\u{fb00}', '\u{1d4b3}'];
/** Some are the ids of events: a deployment without an id takes that of its event. */
const DEPLOYMENTS = ['d', 'D', 'e3', '\u{fb00}', '\u{1d4b3}'];
const ENVIRONMENTS = [...Array<string>(5).fill('production'), 'Prod', 'staging', 'é'];
const INCIDENTS = ['i', 'I', 'i1', 'i10', 'é', '_'];
const AUTHORS = ['ann', 'dependabot[bot]', 'renovate-x', 'Renovate', 'bot'];
export const MINUTE = 60 * 1000;
export const DAY = 24 * 60 * MINUTE;

export const HISTORY_START = Date.parse('2026-03-02T00:00:00Z');

export type Told = Omit<ModelEvent, 'id' | 'pipeline_id'>;

export const commit = fc.constantFrom(...COMMITS);
export const environments = fc.constantFrom(...ENVIRONMENTS);
export const pullRequest = fc.integer({ min: 1, max: 3 });
export const deployments = fc.constantFrom(...DEPLOYMENTS);
export const reviews = fc.constantFrom('r', 'R', 'é', '\u{1d4b3}');
export const incidents = fc.constantFrom(...INCIDENTS);
export const authors = maybe(fc.constantFrom(...AUTHORS), 4);
export const flag = maybe(fc.boolean(), 5);
export const time = fc
  .tuple(
    fc.integer({ min: 0, max: 24 }),
    fc.constantFrom(0, 0, 0, 0, 1, 2),
    fc.constantFrom(0, 0, 0, 0, 0, 0, 1, -1, 500),
  )
  .map(([step, day, ms]) => HISTORY_START + step * 2.5 * MINUTE + day * DAY + ms);
/** Deployments and incidents tend to come after the work, but need not. */
export const later = fc.tuple(time, fc.constantFrom(0, 30, 60, 60)).map(([at, minutes]) => at + minutes * MINUTE);
export const pause = fc.constantFrom(0, 0, 1, 2.5, 5, 10).map((minutes) => minutes * MINUTE);

export const stamp = (at: number): string => new Date(at).toISOString();

export function maybe<T>(arbitrary: fc.Arbitrary<T>, oneIn = 2): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}
