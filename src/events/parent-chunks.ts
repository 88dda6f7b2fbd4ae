/** The contract takes so many parents an event; several events of one commit add theirs up. */
const MOST_PARENTS = 100;

/** The parents of each event that it takes to tell them all: one at least. */
export function parentChunks(parents: readonly string[]): { parents?: string[] }[] {
  if (parents.length === 0) return [{}];
  const chunks = Math.ceil(parents.length / MOST_PARENTS);
  return Array.from({ length: chunks }, (_, i) => ({
    parents: parents.slice(i * MOST_PARENTS, (i + 1) * MOST_PARENTS),
  }));
}
