import type { Instant } from '../../events/instant.js';
import type { Payload } from '../payload.js';

/**
 * The first of these times that is told. Besides RFC 3339, GitLab writes them as `2026-03-02 09:00:00 UTC` and as
 * `2026-03-02 10:00:00 +0100`: which of them is not the same in all of its versions.
 */
export function timeOf(place: Payload, ...others: Payload[]): Instant {
  const told = [place, ...others].find((one) => one.optionalTime() !== undefined) ?? place;
  const time = told.time();
  if (typeof time === 'number') return time;
  return time.replace(/ UTC$/, 'Z').replace(/ ([+-]\d\d)(\d\d)$/, '$1:$2');
}
