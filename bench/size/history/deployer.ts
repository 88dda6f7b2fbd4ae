import type { Random } from '../../../src/demo/history/random.js';
import { MINUTE } from '../../../src/demo/history/work-hours.js';
import type { EventBody, EventStatus } from '../../../src/events/event.js';
import type { Telling } from './telling.js';

/** Some senders tell of the beginning of a deployment, too. */
const BEGINNINGS = 0.4;
const DURATION = 6 * MINUTE;

export interface Deployed {
  deployment_id: string;
  finished: number;
}

/** Deploys to one environment: one thing at a time. */
export class Deployer {
  private free = 0;
  private number = 0;

  constructor(
    readonly environment: string,
    private readonly random: Random,
    private readonly telling: Telling,
  ) {}

  deploy(at: number, commit_id: string, status: EventStatus, more: Partial<EventBody> = {}): Deployed {
    const started = Math.max(at, this.free + MINUTE);
    const finished = started + this.random.around(DURATION, 0.3);
    const deployment_id = `${this.environment.slice(0, 4)}-${++this.number}`;
    const told = { type: 'deploy', environment: this.environment, commit_id, deployment_id, ...more } as const;
    if (status === 'in_progress' || this.random.chance(BEGINNINGS)) {
      this.telling.tell(started, { ...told, status: 'in_progress' });
    }
    if (status !== 'in_progress') this.telling.tell(finished, { ...told, status });
    this.free = finished;
    return { deployment_id, finished };
  }

  /** Again and again until it succeeds. */
  deployWithRetries(at: number, commit_id: string, failing: number): Deployed {
    const status = this.random.chance(failing) ? 'failure' : 'success';
    const deployed = this.deploy(at, commit_id, status);
    if (status === 'success') return deployed;
    return this.deployWithRetries(deployed.finished + this.random.around(30 * MINUTE), commit_id, failing);
  }
}
