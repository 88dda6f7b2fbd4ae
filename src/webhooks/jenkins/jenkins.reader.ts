import type { EventStatus } from '../../events/event.js';
import type { Instant } from '../../events/instant.js';
import type { Scope } from '../../scope/scope.js';
import { deployEvents, type RunState } from '../deploy-events.js';
import { MalformedPayload, type Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';
import { jobOf, repositoryOf } from './names.js';

/** As ci/send-event.sh takes the results of Jenkins. */
const STATUSES: ReadonlyMap<string, EventStatus> = new Map([
  ['SUCCESS', 'success'],
  ['FAILURE', 'failure'],
  ['UNSTABLE', 'failure'],
  ['NOT_BUILT', 'failure'],
  ['ABORTED', 'canceled'],
]);

/** A build as the Notification plugin tells it; it is a deployment where it says where to, or a rule does. */
export function readJenkins(payload: Payload, scope: Scope): Reading {
  const build = payload.at('build');
  const status = statusOf(build);
  if (typeof status !== 'string') return status;
  const job = jobOf(payload);
  const pipeline_id = parameter(build, 'DEVOPSTIC_PIPELINE') ?? repositoryOf(build.at('scm', 'url')) ?? job;
  const branch = build
    .at('scm', 'branch')
    .optionalText()
    ?.replace(/^(?:refs\/heads|origin)\//, '');
  const environment = parameter(build, 'DEVOPSTIC_ENVIRONMENT');
  const run = { source: 'jenkins', event: 'build', repository: pipeline_id, name: job, branch };
  const destination = environment === undefined ? scope.deploysTo(run) : { environment };
  if (destination === undefined) return { ignored: 'not_a_deployment' };
  const commit_id = parameter(build, 'DEVOPSTIC_COMMIT') ?? build.at('scm', 'commit').optionalText();
  if (commit_id === undefined) return { ignored: 'no_commit' };
  const deployment = {
    pipeline_id,
    ...destination,
    commit_id,
    deployment_id: `${job}#${build.at('number').integer()}`,
    ...scope.reworkOf(branch),
    url: build.at('full_url').optionalText(),
  };
  return { events: deployEvents(deployment, stateOf(build, status)) };
}

/** A build that is completed has its result; that it is finalized later says the same once more. */
function statusOf(build: Payload): EventStatus | { ignored: string } {
  switch (build.at('phase').text()) {
    case 'STARTED':
      return 'in_progress';
    case 'COMPLETED':
    case 'FINALIZED':
      return STATUSES.get(build.at('status').text()) ?? { ignored: 'state_not_used' };
    default:
      return { ignored: 'phase_not_used' };
  }
}

/** When it is completed, its time is that of its end; when it is finalized, a little later. */
function stateOf(build: Payload, status: EventStatus): RunState {
  const at = timeOf(build.at('timestamp'));
  const duration = build.at('duration').optionalInteger() ?? 0;
  if (build.at('phase').text() !== 'COMPLETED' || duration <= 0) return { status, at };
  return { status, at, started_at: new Date(Date.parse(at) - duration).toISOString() };
}

/** Milliseconds since 1970; some versions of the plugin write it out. */
function timeOf(timestamp: Payload): string {
  const told: Instant = timestamp.time();
  const time = typeof told === 'number' ? told : Date.parse(told);
  if (Number.isNaN(new Date(time).getTime())) throw new MalformedPayload('/build/timestamp', 'must be a time');
  return new Date(time).toISOString();
}

function parameter(build: Payload, name: string): string | undefined {
  return build.at('parameters', name).optionalText();
}
