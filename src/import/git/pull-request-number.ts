/**
 * How the hosts of repositories write the number of a pull request into what they merge it as. The numbers of a squash
 * stand at the end of the subject: those of a revert's quoted subject do not.
 */
const SUBJECTS = [
  /^Merge pull request #(\d+) /, // GitHub, a merge
  /\(#(\d+)\)$/, // GitHub, a squash
  /^Merged PR (\d+): /, // Azure DevOps
  /\(pull request #(\d+)\)$/, // Bitbucket
];
const GITLAB = /^See merge request \S*!(\d+)$/m;

/** The pull or merge request that a commit of the default branch was merged from, as its message says. */
export function pullRequestNumber(message: string): number | undefined {
  const [subject = ''] = message.split('\n', 1);
  const found =
    SUBJECTS.map((form) => form.exec(subject.trimEnd())).find((match) => match !== null) ?? GITLAB.exec(message);
  const number = Number(found?.[1]);
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}
