import type { Telling } from '../events/telling.js';
import type { Scope } from '../scope/scope.js';
import { isCommitSha } from './commit-sha.js';
import { deployEvents } from './deploy-events.js';
import type { Payload } from './payload.js';

/** Whose release it is: `repository` as the source names it, for the rules. */
interface Released {
  source: string;
  repository: string;
  pipeline_id: string;
}

/**
 * What a release of GitHub, Gitea or Forgejo deploys; undefined if no rule says that one of its tag does. It names its commit
 * only if it was made of one, and not of a branch: else the tag stands in for it.
 */
export function releaseEvents(release: Payload, of: Released, scope: Scope): Telling[] | undefined {
  const { source, repository, pipeline_id } = of;
  const name = release.at('tag_name').text();
  const target = release.at('target_commitish').optionalText() ?? '';
  const branch = target === '' || isCommitSha(target) ? undefined : target;
  const destination = scope.deploysTo({ source, event: 'release', repository, name, branch });
  if (destination === undefined) return undefined;
  const deployment = {
    pipeline_id,
    ...destination,
    commit_id: isCommitSha(target) ? target : name,
    deployment_id: `release-${release.at('id').integer()}`,
    ...scope.reworkOf(branch),
    url: release.at('html_url').optionalText(),
  };
  return deployEvents(deployment, { status: 'success', at: release.at('published_at').time() });
}
