const MOST_REVERTS = 100;

/** As git writes it. Of a merge it names a second commit, to which things went back: that one is not taken back. */
const SENTENCE = /\bThis reverts commit ([0-9a-f]{64}|[0-9a-f]{40})(?![0-9a-f])/g;

/** What the message of a commit tells besides: the commits that it takes back. A shortened id could be that of any. */
export function revertsOf(message: string | undefined): { reverts?: string[] } {
  const ids = new Set(Array.from((message ?? '').matchAll(SENTENCE), ([, id = '']) => id));
  return ids.size === 0 ? {} : { reverts: [...ids].slice(0, MOST_REVERTS) };
}
