import { Random } from '../../../src/demo/history/random.js';
import { atWork, DAY } from '../../../src/demo/history/work-hours.js';
import { Delivery } from './delivery.js';
import { type Arrival, Telling } from './telling.js';

const YEARS = 3;
/** Deployments that come of a change to all environments, retries and repairs included. */
const DEPLOYMENTS_A_CHANGE = 2.3;
/** Work on a small pipeline comes in spells of so many changes. */
const [CHANGES_A_SPELL, SPELL, PAUSE] = [8, 7 * DAY, 3 * DAY];

/**
 * The events of a pipeline with about so many deployments in the years before `end`, as they arrive; the same for the
 * same name.
 */
export function history(pipeline_id: string, deployments: number, end: number): Arrival[] {
  const random = new Random(pipeline_id);
  const telling = new Telling(pipeline_id, end, random);
  const delivery = new Delivery(random, telling);
  const times = landings(Math.ceil(deployments / DEPLOYMENTS_A_CHANGE), end, random);
  for (const [index, at] of times.entries()) delivery.deliver(at, (times[index + 1] ?? end) - at > PAUSE);
  return telling.arrivals();
}

function landings(count: number, end: number, random: Random): number[] {
  const spells = Array.from({ length: Math.ceil(count / CHANGES_A_SPELL) }, () => random.between(0, YEARS * 365 * DAY));
  const times = Array.from({ length: count }, () => {
    const spell = spells[random.integer(0, spells.length - 1)] ?? 0;
    return atWork(end - spell - random.between(0, SPELL), random);
  });
  return times.toSorted((one, other) => one - other);
}
