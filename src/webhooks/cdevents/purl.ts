import { unescape } from 'node:querystring';
import { isCommitSha } from '../commit-sha.js';

/** The contract holds no commit as long, and an expression takes the square of the length. */
const LONGEST = 2000;

/**
 * The commit that an artifact was made of, by its package URL:
 * - a full commit id at the end of `vcs_url` (`git+https://git.example/acme/shop@<commit>`), in `tag`, or as the version;
 * - else the version, whatever it is: the same artifact is the same deployed thing, though no commit is known by that name.
 *
 * A `checksum` and a digest are those of the artifact, never a commit. What is no package URL is taken as a version.
 */
export function commitOfArtifact(artifact_id: string): string | undefined {
  if (artifact_id.length > LONGEST || !/^pkg:/i.test(artifact_id) || !URL.canParse(artifact_id)) return artifact_id;
  const { pathname, searchParams } = new URL(artifact_id);
  const version = unescape(/@([^@/]+)$/.exec(pathname)?.[1] ?? '');
  const revision = /@([^@/#]+)(?:#.*)?$/.exec(searchParams.get('vcs_url') ?? '')?.[1];
  const commit = [revision, searchParams.get('tag'), version].find((one) => isCommitSha(one ?? ''));
  return commit?.toLowerCase() ?? (version === '' ? undefined : version);
}
