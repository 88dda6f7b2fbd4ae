import { HOUR, MINUTE, DAY, weekday } from './work-hours.js';

/** How a change reaches the default branch; `plain`: the sender knows no parents and no pull requests. */
export type Merging = 'squash' | 'rebase' | 'merge' | 'direct' | 'plain';

/** What becomes of a release to production. */
export type Outcome = 'good' | 'canceled' | 'broken' | 'rolled_back' | 'hotfixed' | 'reopened';

/** How the people of one pipeline work. Durations in milliseconds; where marked so, medians. */
export interface Profile {
  pipeline_id: string;
  authors: readonly [string, ...string[]];
  /** Changes begun on a workday, on average. */
  changes: number;
  /** Chance of one on a day of a weekend. */
  weekend: number;
  /** Drawn from for each change. */
  merging: readonly [Merging, ...Merging[]];
  /** Median time for a commit. */
  coding: number;
  /** Median time from opened to merged. */
  review: number;
  /** Days with a release to production; null: every change is released as it lands. */
  released_on: ((day: number) => boolean) | null;
  /** What landed later than this before a release has to wait for the next one. */
  hardening: number;
  /** Median time that a deployment takes. */
  deploying: number;
  /** Every so many releases, each of these comes once. */
  outcomes: readonly Outcome[];
  /** Median time from a failure to its repair. */
  repair: number;
  /** Days between incidents that no deployment caused, on average. */
  outage_days: number;
  /** Whether some incidents are never closed. */
  forgets: boolean;
}

const good = (count: number): Outcome[] => Array.from({ length: count }, () => 'good' as const);

/** From a team that releases many times a day to one that does so once a month. */
export const PROFILES: readonly Profile[] = [
  {
    pipeline_id: 'storefront',
    authors: ['alder', 'birch', 'cedar', 'hazel'],
    changes: 4,
    weekend: 0.15,
    merging: ['squash', 'squash', 'squash', 'squash', 'direct'],
    coding: 50 * MINUTE,
    review: 75 * MINUTE,
    released_on: null,
    hardening: 0,
    deploying: 4 * MINUTE,
    outcomes: [...good(72), 'canceled', 'broken', 'rolled_back', 'hotfixed'],
    repair: 20 * MINUTE,
    outage_days: 14,
    forgets: false,
  },
  {
    pipeline_id: 'checkout',
    authors: ['hazel', 'juniper', 'larch'],
    changes: 2.5,
    weekend: 0.05,
    merging: ['rebase'],
    coding: 100 * MINUTE,
    review: 20 * HOUR,
    released_on: (day) => weekday(day) % 6 !== 0,
    hardening: 0,
    deploying: 7 * MINUTE,
    outcomes: [...good(20), 'canceled', 'rolled_back', 'reopened'],
    repair: 100 * MINUTE,
    outage_days: 20,
    forgets: false,
  },
  {
    pipeline_id: 'search',
    authors: ['maple', 'rowan'],
    changes: 1.6,
    weekend: 0,
    merging: ['merge', 'merge', 'merge', 'direct'],
    coding: 2 * HOUR,
    review: 14 * HOUR,
    released_on: (day) => [2, 4].includes(weekday(day)),
    hardening: 0,
    deploying: 12 * MINUTE,
    outcomes: [...good(20), 'broken', 'hotfixed'],
    repair: 3 * HOUR,
    outage_days: 20,
    forgets: false,
  },
  {
    pipeline_id: 'billing',
    authors: ['sorrel', 'willow', 'yarrow'],
    changes: 1.1,
    weekend: 0,
    merging: ['squash', 'merge'],
    coding: 3 * HOUR,
    review: 44 * HOUR,
    released_on: (day) => weekday(day) === 3 && Math.floor(day / (7 * DAY)) % 2 === 0,
    hardening: 0,
    deploying: 25 * MINUTE,
    outcomes: [...good(5), 'hotfixed'],
    repair: 8 * HOUR,
    outage_days: 18,
    forgets: false,
  },
  {
    pipeline_id: 'ledger',
    authors: ['thistle', 'willow'],
    changes: 0.8,
    weekend: 0,
    merging: ['plain'],
    coding: 5 * HOUR,
    review: 60 * HOUR,
    released_on: (day) => weekday(day) === 2 && new Date(day).getUTCDate() <= 7,
    hardening: 35 * DAY,
    deploying: 70 * MINUTE,
    outcomes: ['broken', 'hotfixed', 'good'],
    repair: 40 * HOUR,
    outage_days: 15,
    forgets: true,
  },
];
