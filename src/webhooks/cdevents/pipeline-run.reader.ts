import type { EventStatus } from '../../events/event.js';
import type { Scope } from '../../scope/scope.js';
import { deployEvents } from '../deploy-events.js';
import type { Reading } from '../webhook-source.js';
import type { Cdevent } from './cdevent.js';

const STATUSES: ReadonlyMap<string, EventStatus> = new Map([
  ['failure', 'failure'],
  ['error', 'failure'],
  ['cancel', 'canceled'],
]);

/**
 * No event of a service says that its deployment failed, so the run that failed has to, if it is one that deploys. One
 * that succeeds says nothing new: its services are told to be deployed, each by an event of its own.
 */
export function readPipelineRun(event: Cdevent, scope: Scope): Reading {
  const { content } = event;
  const name = content.at('pipelineName').optionalText();
  const pipeline_id = event.told('pipeline_id') ?? name ?? event.subject_id.text();
  const branch = event.told('branch');
  const run = { source: 'cdevents', event: 'pipelinerun', repository: pipeline_id, name: name ?? pipeline_id, branch };
  const environment = event.told('environment');
  const destination = environment === undefined ? scope.deploysTo(run) : { environment };
  if (destination === undefined) return { ignored: 'not_a_deployment' };
  const outcome = content.at('outcome').text();
  if (outcome === 'success') return { ignored: 'told_by_its_services' };
  const status = STATUSES.get(outcome);
  if (status === undefined) return { ignored: 'state_not_used' };
  const commit_id = event.artifact_commit;
  if (commit_id === undefined) return { ignored: 'no_commit' };
  const deployment = {
    pipeline_id,
    ...destination,
    commit_id,
    deployment_id: `pipelinerun-${event.subject_id.text()}`,
    ...scope.reworkOf(branch),
    url: content.at('uri').optionalText() ?? content.at('url').optionalText(),
  };
  return { events: deployEvents(deployment, { status, at: event.time }) };
}
