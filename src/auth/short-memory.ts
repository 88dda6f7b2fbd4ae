/**
 * Remembers what was looked up, for a few seconds and a bounded number of keys, so that a busy sender does not cost a
 * query per request while a change made by another replica is still seen within `lifetime`.
 *
 * The promise is what is kept: requests that come together share one query, and `forget` also drops a look-up that
 * began before the change it is called for.
 */
export class ShortMemory<V> {
  private readonly entries = new Map<string, { since: number; value: Promise<V> }>();

  constructor(
    private readonly lookUp: (key: string) => Promise<V>,
    private readonly lifetime = 3_000,
    private readonly limit = 10_000,
  ) {}

  get(key: string): Promise<V> {
    const known = this.entries.get(key);
    if (known && performance.now() - known.since < this.lifetime) return known.value;
    const entry = { since: performance.now(), value: this.lookUp(key) };
    entry.value.catch(() => {
      if (this.entries.get(key) === entry) this.entries.delete(key);
    });
    this.entries.delete(key);
    this.entries.set(key, entry);
    if (this.entries.size > this.limit) this.dropOldest();
    return entry.value;
  }

  forget(key: string): void {
    this.entries.delete(key);
  }

  private dropOldest(): void {
    const [oldest] = this.entries.keys();
    if (oldest !== undefined) this.entries.delete(oldest);
  }
}
