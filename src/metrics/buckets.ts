import { invalid } from './invalid.js';
import type { Bucket } from './catalogue/metrics.js';

const MOST = 1100;
const DAY = 86_400_000;
/** How long each is at least, but for the odd hour. */
const LENGTH = { day: DAY, week: 7 * DAY, month: 28 * DAY } satisfies Record<Bucket, number>;

/** @throws Problem 400 if a series would have more items than anyone reads */
export function refuseTooManyBuckets({ from, to }: { from: Date; to: Date }, bucket: Bucket): void {
  if ((to.getTime() - from.getTime()) / LENGTH[bucket] <= MOST) return;
  throw invalid('/bucket', `makes more than ${MOST} items of this range: choose longer buckets or a shorter range`);
}
