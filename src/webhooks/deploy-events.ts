import type { EventBody, EventStatus } from '../events/event.js';
import { type Instant, isPossible } from '../events/instant.js';

/** A deployment as a run tells it, whatever its status. */
export type ToldDeployment = Pick<EventBody, 'pipeline_id' | 'rework' | 'rollback' | 'url'> & {
  environment: string;
  commit_id: string;
  deployment_id: string;
};

/** Where a run that deploys has come to. */
export interface RunState {
  status: EventStatus;
  at: Instant;
  started_at?: Instant | undefined;
}

/** What a run tells of its deployment: how it stands, and when it began, in case that was never told or got lost. */
export function deployEvents(deployment: ToldDeployment, { status, at, started_at }: RunState): EventBody[] {
  const events: EventBody[] = [{ ...deployment, type: 'deploy', status, timestamp: at }];
  if (started_at === undefined || status === 'in_progress' || !isPossible(started_at, at)) return events;
  return [{ ...deployment, type: 'deploy', status: 'in_progress', timestamp: started_at }, ...events];
}
