/** Whether a text is the full id of a git commit; a shortened one cannot be told from any other hexadecimal number. */
export function isCommitSha(text: string): boolean {
  return /^[0-9a-f]{40}$/i.test(text);
}
