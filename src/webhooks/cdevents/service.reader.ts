import type { EventBody } from '../../events/event.js';
import type { Scope } from '../../scope/scope.js';
import type { Reading } from '../webhook-source.js';
import type { Cdevent } from './cdevent.js';

/** A service that is deployed, upgraded or rolled back is running: its deployment has succeeded. */
export function readService({ rollback }: { rollback: boolean }): (event: Cdevent, scope: Scope) => Reading {
  return (event, scope) => {
    const commit_id = event.artifact_commit;
    if (commit_id === undefined) return { ignored: 'no_commit' };
    const branch = event.told('branch');
    const told: EventBody = {
      type: 'deploy',
      status: 'success',
      pipeline_id: event.told('pipeline_id') ?? event.subject_id.text(),
      environment: event.environment,
      commit_id,
      deployment_id: event.id.text(),
      ...(rollback ? { rollback } : {}),
      ...scope.reworkOf(branch),
      timestamp: event.time,
    };
    return { events: [told] };
  };
}
