import type { Scope } from '../../scope/scope.js';
import { isCommitSha } from '../commit-sha.js';
import { deployEvents } from '../deploy-events.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';
import { pipelineOf } from './repository.js';

/** A release deploys where a rule says so of its tag. It names its commit only if it was made of one, and not of a branch. */
export function readRelease(payload: Payload, scope: Scope): Reading {
  if (payload.at('action').text() !== 'published') return { ignored: 'action_not_used' };
  const release = payload.at('release');
  if (release.at('draft').flag()) return { ignored: 'draft' };
  const repository = pipelineOf(payload);
  const name = release.at('tag_name').text();
  const target = release.at('target_commitish').optionalText() ?? '';
  const branch = target === '' || isCommitSha(target) ? undefined : target;
  const environment = scope.deploysTo({ source: 'gitea', event: 'release', repository, name, branch });
  if (environment === undefined) return { ignored: 'not_a_deployment' };
  const deployment = {
    pipeline_id: repository,
    environment,
    commit_id: isCommitSha(target) ? target : name,
    deployment_id: `release-${release.at('id').integer()}`,
    ...(branch && scope.isReworkBranch(branch) ? { rework: true } : {}),
    url: release.at('html_url').optionalText(),
  };
  return { events: deployEvents(deployment, { status: 'success', at: release.at('published_at').time() }) };
}
