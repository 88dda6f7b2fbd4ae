import type { EventBody } from '../../events/event.js';

interface Told {
  at: number;
  event: EventBody;
}

/** Events that belong together: those of a change, of a deployment, of an incident. */
export class Story {
  readonly told: Told[] = [];

  constructor(private readonly pipeline_id: string) {}

  tell(at: number, event: Omit<EventBody, 'pipeline_id' | 'timestamp'>): void {
    this.told.push({ at, event: { ...event, pipeline_id: this.pipeline_id, timestamp: instant(at) } });
  }
}

/** Everything that happened to a pipeline. */
export class Stories {
  private readonly all: Story[] = [];

  constructor(private readonly pipeline_id: string) {}

  begin(): Story {
    const story = new Story(this.pipeline_id);
    this.all.push(story);
    return story;
  }

  /**
   * By time, until `to`. A story is told from its beginning if any of it happened since `from`: half a change would
   * look like one that was never reviewed.
   */
  between(from: number, to: number): Told[] {
    const current = this.all.filter(({ told }) => told.some(({ at }) => at >= from && at <= to));
    return current.flatMap(({ told }) => told.filter(({ at }) => at <= to));
  }
}

/** As an event tells it: RFC 3339, whole seconds. */
export function instant(at: number): string {
  return new Date(at - (at % 1000)).toISOString().replace('.000', '');
}
