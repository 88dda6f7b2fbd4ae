import type { EventBody } from '../events/event.js';
import type { Scope } from '../scope/scope.js';
import { isCommitSha } from './commit-sha.js';
import { deployEvents } from './deploy-events.js';
import type { Payload } from './payload.js';

/** Whose release it is: `repository` as the source names it, for the rules. */
export interface Released {
  source: string;
  repository: string;
  pipeline_id: string;
}

/**
 * What a release of GitHub, Gitea or Forgejo deploys; undefined if no rule says that one of its tag does. It names its commit
 * only if it was made of one, and not of a branch: else the tag stands in for it.
 */
export function releaseEvents(release: Payload, of: Released, scope: Scope): EventBody[] | undefined {
  const { source, repository, pipeline_id } = of;
  const name = release.at('tag_name').text();
  const target = release.at('target_commitish').optionalText() ?? '';
  const branch = target === '' || isCommitSha(target) ? undefined : target;
  const environment = scope.deploysTo({ source, event: 'release', repository, name, branch });
  if (environment === undefined) return undefined;
  const deployment = {
    pipeline_id,
    environment,
    commit_id: isCommitSha(target) ? target : name,
    deployment_id: `release-${release.at('id').integer()}`,
    ...scope.reworkOf(branch),
    url: release.at('html_url').optionalText(),
  };
  return deployEvents(deployment, { status: 'success', at: release.at('published_at').time() });
}
