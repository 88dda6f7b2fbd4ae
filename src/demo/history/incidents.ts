import type { EventBody } from '../../events/event.js';
import type { Random } from './random.js';
import type { Stories, Story } from './story.js';

/** What an incident says of its cause. */
export type Blame = Pick<EventBody, 'deployment_id' | 'commit_id' | 'environment'>;

/** A failure of service, from its first alert. */
export class Incident {
  constructor(
    private readonly story: Story,
    private readonly incident_id: string,
    private readonly blame: Blame,
  ) {}

  opened(at: number): void {
    const { story, incident_id, blame } = this;
    story.tell(at, { type: 'incident_status_change', incident_id, status: 'failure', ...blame });
  }

  resolved(at: number): void {
    this.story.tell(at, { type: 'incident_status_change', incident_id: this.incident_id, status: 'success' });
  }
}

/** The incidents of one pipeline. */
export class Incidents {
  private number: number;

  constructor(
    random: Random,
    private readonly stories: Stories,
  ) {
    this.number = random.integer(10, 400);
  }

  open(at: number, blame: Blame = {}): Incident {
    const incident = new Incident(this.stories.begin(), `INC-${++this.number}`, blame);
    incident.opened(at);
    return incident;
  }
}
