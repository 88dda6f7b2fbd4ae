import type { Random } from '../../../src/demo/history/random.js';
import { HOUR, MINUTE } from '../../../src/demo/history/work-hours.js';
import { Changes } from './changes.js';
import { Deployer } from './deployer.js';
import { Production } from './production.js';
import type { Telling } from './telling.js';

/** Of the changes: what is deployed where. */
const DEPLOYED = { preview: 0.45, staging: 0.95, qa: 0.25, production: 0.6 } as const;
const FAILING = { preview: 0.1, staging: 0.06, qa: 0.03 } as const;
const OUTAGES = 0.01;

/** The way of changes through the environments of one pipeline: mostly to staging first, then to production. */
export class Delivery {
  private readonly changes: Changes;
  private readonly preview: Deployer;
  private readonly staging: Deployer;
  private readonly qa: Deployer;
  private readonly production: Production;

  constructor(
    private readonly random: Random,
    telling: Telling,
  ) {
    const deployer = (environment: string): Deployer => new Deployer(environment, random, telling);
    this.changes = new Changes(random, telling);
    this.preview = deployer('preview');
    this.staging = deployer('staging');
    this.qa = deployer('qa');
    this.production = new Production(deployer('production'), this.changes, random, telling);
  }

  /** A change lands; the last one before a pause is always released. */
  deliver(at: number, last: boolean): void {
    const { random } = this;
    const { landed, opened } = this.changes.land(at);
    if (opened !== null && random.chance(DEPLOYED.preview)) {
      this.preview.deployWithRetries(opened.at + 10 * MINUTE, opened.head, FAILING.preview);
    }
    const staged = random.chance(DEPLOYED.staging)
      ? this.staging.deployWithRetries(at + 10 * MINUTE, landed, FAILING.staging).finished
      : at;
    if (random.chance(DEPLOYED.qa)) this.qa.deployWithRetries(staged + random.around(HOUR), landed, FAILING.qa);
    if (last || random.chance(DEPLOYED.production)) {
      this.production.release(staged + random.around(5 * HOUR), landed, last);
    }
    if (random.chance(OUTAGES)) this.production.outage(at + random.around(10 * HOUR));
  }
}
