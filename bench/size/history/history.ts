import { Random } from '../../../src/demo/history/random.js';
import { atWork, DAY, HOUR, MINUTE } from '../../../src/demo/history/work-hours.js';
import type { NewEvent } from '../../../src/events/event.js';
import { Changes } from './changes.js';
import { Deployer } from './deployer.js';
import { Production } from './production.js';
import { Telling } from './telling.js';

export const YEARS = 3;
/** Of the changes: what is deployed where. */
const DEPLOYED = { preview: 0.45, staging: 0.95, qa: 0.25, production: 0.6 } as const;
const FAILING = { preview: 0.1, staging: 0.06, qa: 0.03 } as const;
/** Deployments that come of a change with those shares, retries and repairs included. */
const DEPLOYMENTS_A_CHANGE = 2.3;
const OUTAGES = 0.01;

/** What a pipeline of about so many deployments has told within the years before `end`; the same for the same name. */
export function history(pipeline_id: string, deployments: number, end: number): NewEvent[] {
  const random = new Random(pipeline_id);
  const telling = new Telling(pipeline_id, end, random);
  const changes = new Changes(random, telling);
  const [preview, staging, qa, production] = ['preview', 'staging', 'qa', 'production'].map(
    (environment) => new Deployer(environment, random, telling),
  ) as [Deployer, Deployer, Deployer, Deployer];
  const releases = new Production(production, changes, random, telling);
  for (const at of landings(Math.ceil(deployments / DEPLOYMENTS_A_CHANGE), end, random)) {
    const { landed, opened } = changes.land(at);
    if (opened !== null && random.chance(DEPLOYED.preview)) {
      preview.deployWithRetries(opened.at + 10 * MINUTE, opened.head, FAILING.preview);
    }
    const staged = random.chance(DEPLOYED.staging)
      ? staging.deployWithRetries(at + 10 * MINUTE, landed, FAILING.staging).finished
      : at;
    if (random.chance(DEPLOYED.qa)) qa.deployWithRetries(staged + random.around(HOUR), landed, FAILING.qa);
    if (random.chance(DEPLOYED.production)) releases.release(staged + random.around(5 * HOUR), landed);
    if (random.chance(OUTAGES)) releases.outage(at + random.around(10 * HOUR));
  }
  return telling.events();
}

function landings(count: number, end: number, random: Random): number[] {
  const times = Array.from({ length: count }, () => atWork(end - random.between(0, YEARS * 365 * DAY), random));
  return times.toSorted((one, other) => one - other);
}
