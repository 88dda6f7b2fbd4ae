import type { EventStatus } from '../../events/event.js';
import type { Scope } from '../../scope/scope.js';
import { deployEvents } from '../deploy-events.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';

const STATUSES: ReadonlyMap<string, EventStatus> = new Map([
  ['success', 'success'],
  ['failed', 'failure'],
  ['error', 'failure'],
  ['canceled', 'canceled'],
  // Nobody allowed it to run: it deployed nothing, and broke nothing.
  ['unauthorized', 'canceled'],
]);

/** What of a payload ended, and where it has the time at which that began. */
const ENDED = { 'workflow-completed': ['workflow', 'created_at'], 'job-completed': ['job', 'started_at'] } as const;

/** A workflow or a job is a deployment where a rule says so: CircleCI has no environments. */
export function readCircleci(payload: Payload, scope: Scope): Reading {
  const event = payload.at('type').text();
  if (event === 'ping') return { ignored: 'ping' };
  if (event !== 'workflow-completed' && event !== 'job-completed') return { ignored: 'event_not_used' };
  const [kind, began] = ENDED[event];
  const ended = payload.at(kind);
  const [repository, { commit_id, branch }] = [repositoryOf(payload), checkoutOf(payload.at('pipeline'))];
  const status = STATUSES.get(ended.at('status').text());
  if (status === undefined) return { ignored: 'state_not_used' };
  if (commit_id === undefined) return { ignored: 'no_commit' };
  const name = ended.at('name').text();
  const destination = scope.deploysTo({ source: 'circleci', event, repository, name, branch });
  if (destination === undefined) return { ignored: 'not_a_deployment' };
  const deployment = {
    pipeline_id: repository,
    ...destination,
    commit_id,
    deployment_id: `${kind}-${ended.at('id').text()}`,
    ...scope.reworkOf(branch),
    url: payload.at('workflow', 'url').optionalText(),
  };
  const at = ended.at('stopped_at').optionalTime() ?? payload.at('happened_at').time();
  return { events: deployEvents(deployment, { status, at, started_at: ended.at(began).optionalTime() }) };
}

/** `gh/acme/shop` is a repository; of a project that is connected by an app, the slug is but ids. */
function repositoryOf(payload: Payload): string {
  const [, path] = /^(?:gh|github|bb|bitbucket)\/(.+)$/.exec(payload.at('project', 'slug').text()) ?? [];
  return path ?? `${payload.at('organization', 'name').text()}/${payload.at('project', 'name').text()}`;
}

/** Where the project is connected by an app, the commit is among the parameters of the trigger. */
function checkoutOf(pipeline: Payload) {
  const [vcs, git] = [pipeline.at('vcs'), pipeline.at('trigger_parameters', 'git')];
  return {
    commit_id: vcs.at('revision').optionalText() ?? git.at('checkout_sha').optionalText(),
    branch: vcs.at('branch').optionalText() ?? git.at('branch').optionalText(),
  };
}
