import type { EventStatus } from '../../events/event.js';

/** How a build, run, stage or deployment ended. What succeeded in part did what it was to do, with warnings. */
export const RESULTS: ReadonlyMap<string, EventStatus> = new Map([
  ['succeeded', 'success'],
  ['partiallySucceeded', 'success'],
  ['failed', 'failure'],
  ['rejected', 'failure'],
  ['canceled', 'canceled'],
]);
