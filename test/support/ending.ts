type End = () => Promise<void>;

/**
 * Has what a test began ended with that test, at the latest: with the describe block or the file where it began outside
 * of one. Returns how to end it before; it is ended once. Outside of jest that is all.
 */
export function endLater(end: () => unknown): End {
  // Kept by environment.mjs. Past the end of the file there is none left: what began so late is ended at once.
  const { endings } = globalThis as { endings?: Set<End>[] };
  const scope = endings?.at(-1);
  let ended: Promise<void> | null = null;
  const once = () =>
    (ended ??= (async () => {
      scope?.delete(once);
      await end();
    })());
  scope?.add(once);
  if (endings?.length === 0) void once();
  return once;
}
