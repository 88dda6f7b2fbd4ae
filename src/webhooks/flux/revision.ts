/**
 * The commit of a revision: `main@sha1:<commit>`, `sha1:<commit>`, or `main/<commit>` as older versions write it. What has no
 * commit, such as the version of a chart or the digest of an image, stands for itself.
 */
export function commitOfRevision(revision: string): string {
  const [, commit] = /(?:^|[@/:])([0-9a-f]{40})$/i.exec(revision) ?? [];
  return commit?.toLowerCase() ?? revision;
}
