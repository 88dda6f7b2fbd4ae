import type { EventStatus } from '../../events/event.js';
import type { Scope } from '../../scope/scope.js';
import { isCommitSha } from '../commit-sha.js';
import { deployEvents } from '../deploy-events.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';

const STATES: ReadonlyMap<string, EventStatus> = new Map([
  ['INPROGRESS', 'in_progress'],
  ['SUCCESSFUL', 'success'],
  ['FAILED', 'failure'],
  ['STOPPED', 'canceled'],
]);

/** Bitbucket has no webhook for its deployments: the status of a build is one where a rule says so of its name. */
export function readCommitStatus(payload: Payload, scope: Scope): Reading {
  const build = payload.at('commit_status');
  const status = STATES.get(build.at('state').text());
  if (status === undefined) return { ignored: 'state_not_used' };
  const commit_id = commitOf(build);
  if (commit_id === undefined) return { ignored: 'no_commit' };
  const repository = payload.at('repository', 'full_name').text();
  const key = build.at('key').text();
  const branch = build.at('refname').optionalText();
  const name = build.at('name').optionalText() ?? key;
  const destination = scope.deploysTo({ source: 'bitbucket', event: 'commit_status', repository, name, branch });
  if (destination === undefined) return { ignored: 'not_a_deployment' };
  const deployment = {
    pipeline_id: repository,
    ...destination,
    commit_id,
    // A key may be that of all builds of its kind.
    deployment_id: `status-${key}-${commit_id}`,
    ...scope.reworkOf(branch),
    url: build.at('url').optionalText(),
  };
  const times = { at: build.at('updated_on').time(), started_at: build.at('created_on').optionalTime() };
  return { events: deployEvents(deployment, { status, ...times }) };
}

function commitOf(build: Payload): string | undefined {
  const linked = build.at('links', 'commit', 'href').optionalText()?.split('/').at(-1);
  const told = build.at('commit', 'hash').optionalText() ?? linked;
  return told !== undefined && isCommitSha(told) ? told : undefined;
}
