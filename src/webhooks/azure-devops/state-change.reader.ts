import { unescape } from 'node:querystring';
import type { EventStatus } from '../../events/event.js';
import type { Scope } from '../../scope/scope.js';
import { isCommitSha } from '../commit-sha.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';
import { branchOf } from './repository.js';
import { RESULTS } from './results.js';
import { deploymentBy } from './run.js';

/** A run that began or ended. It has the id that its build has. */
export function readRun(payload: Payload, scope: Scope): Reading {
  const name = payload.at('resource', 'pipeline', 'name').text();
  const deployment_id = `run-${payload.at('resource', 'run', 'id').integer()}`;
  return readChange(payload, { event: 'pipeline', name, deployment_id, changed: payload.at('resource', 'run') }, scope);
}

/** A stage that began or ended: a rule names it `pipeline/stage`. */
export function readStage(payload: Payload, scope: Scope): Reading {
  const changed = payload.at('resource', 'stage');
  const stage = changed.at('name').text();
  const name = `${payload.at('resource', 'pipeline', 'name').text()}/${stage}`;
  const deployment_id = `run-${payload.at('resource', 'run', 'id').integer()}-${stage}`;
  return readChange(payload, { event: 'stage', name, deployment_id, changed }, scope);
}

interface Change {
  event: 'pipeline' | 'stage';
  name: string;
  deployment_id: string;
  changed: Payload;
}

function readChange(payload: Payload, { changed, ...told }: Change, scope: Scope): Reading {
  const status = statusOf(changed);
  if (status === undefined) return { ignored: 'state_not_used' };
  const [self, listed] = repositoriesOf(payload.at('resource'));
  const commit_id = [self.at('version'), listed.at('change', 'version')].map((one) => one.optionalText()).find(isSha);
  if (commit_id === undefined) return { ignored: 'no_commit' };
  const ref = self.at('refName').optionalText();
  const run = {
    ...told,
    repository: repositoryOf(listed) ?? payload.at('resource', 'pipeline', 'name').text(),
    branch: ref === undefined ? undefined : branchOf(ref),
    commit_id,
    url: payload.at('resource', 'run', '_links', 'web', 'href').optionalText(),
  };
  const at = payload.at('createdDate').time();
  return deploymentBy(run, { status, at }, scope) ?? { ignored: 'not_a_deployment' };
}

function statusOf(changed: Payload): EventStatus | undefined {
  const state = changed.at('state').text();
  if (state === 'completed') return RESULTS.get(changed.at('result').optionalText() ?? '');
  return state === 'inProgress' || state === 'running' ? 'in_progress' : undefined;
}

/** The documented payload names the repository by its link, and no commit; a run as the API gives it names the commit. */
function repositoriesOf(resource: Payload): [self: Payload, listed: Payload] {
  return [resource.at('run', 'resources', 'repositories', 'self'), resource.at('repositories', '0')];
}

function isSha(text: string | undefined): text is string {
  return text !== undefined && isCommitSha(text);
}

/** `Shop/web` of `https://dev.azure.com/acme/Shop/_git/web`. */
function repositoryOf(listed: Payload): string | undefined {
  const [, project, name] = /([^/]+)\/_git\/([^/?#]+)/.exec(listed.at('url').optionalText() ?? '') ?? [];
  return project === undefined || name === undefined ? undefined : `${unescape(project)}/${unescape(name)}`;
}
