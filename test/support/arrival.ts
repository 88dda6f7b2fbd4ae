/** How a set of events may reach us: in another order, twice, in batches. */

/** A small generator of numbers in [0, 1), the same for the same seed. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function shuffled<T>(items: T[], next: () => number): T[] {
  const order = items.map((item) => ({ item, at: next() }));
  return order.toSorted((a, b) => a.at - b.at).map(({ item }) => item);
}

/** All of them, some twice, in any order. */
export function repeated<T>(items: T[], next: () => number): T[] {
  return shuffled([...items, ...items.filter(() => next() < 0.3)], next);
}

/** Runs of one to `largest`. */
export function batches<T>(items: T[], next: () => number, largest = 8): T[][] {
  const cut: T[][] = [];
  for (let start = 0; start < items.length; start += cut.at(-1)!.length)
    cut.push(items.slice(start, start + 1 + Math.floor(next() * largest)));
  return cut;
}
