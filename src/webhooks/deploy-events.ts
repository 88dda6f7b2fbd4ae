import type { EventStatus } from '../events/event.js';
import { type Instant, isPossible } from '../events/instant.js';
import type { Telling } from '../events/telling.js';

/** A deployment as a run tells it, whatever its status. */
type ToldDeployment = Pick<Telling, 'pipeline_id' | 'deployed' | 'rework' | 'rollback' | 'url'> & {
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
export function deployEvents(deployment: ToldDeployment, { status, at, started_at }: RunState): Telling[] {
  const events: Telling[] = [{ ...deployment, type: 'deploy', status, timestamp: at }];
  if (started_at === undefined || status === 'in_progress' || !isPossible(started_at, at)) return events;
  return [{ ...deployment, type: 'deploy', status: 'in_progress', timestamp: started_at }, ...events];
}
