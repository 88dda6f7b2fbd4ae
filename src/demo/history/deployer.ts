import type { EventStatus } from '../../events/event.js';
import type { Random } from './random.js';
import type { Stories } from './story.js';
import { MINUTE } from './work-hours.js';

/** What is put into an environment. */
export interface Shipment {
  commit_id: string;
  /** Further commits, named because the sender knows no parents. */
  commits?: string[];
}

export interface Kind {
  rollback?: boolean;
  rework?: boolean;
}

export interface Attempt {
  deployment_id: string;
  finished: number;
}

/** Deploys to one environment: one thing at a time. */
export class Deployer {
  private free = 0;
  private number: number;

  constructor(
    private readonly environment: string,
    private readonly duration: number,
    private readonly random: Random,
    private readonly stories: Stories,
  ) {
    this.number = random.integer(1000, 9000);
  }

  deploy(at: number, shipment: Shipment, status: EventStatus, kind: Kind = {}): Attempt {
    const story = this.stories.begin();
    const deployment_id = String(++this.number);
    const started = Math.max(at, this.free + MINUTE);
    const finished = started + this.random.around(this.duration, 0.3) * (status === 'success' ? 1 : 0.7);
    const fields = { type: 'deploy', environment: this.environment, deployment_id, ...shipment, ...kind } as const;
    story.tell(started, { ...fields, status: 'in_progress' });
    story.tell(finished, { ...fields, status });
    this.free = finished;
    return { deployment_id, finished };
  }
}
