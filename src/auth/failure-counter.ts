/**
 * Failures by key within a window that begins with the first one. Bounded: the key least recently failed is
 * dropped.
 */
export class FailureCounter {
  private readonly entries = new Map<string, { count: number; until: number }>();

  constructor(
    private readonly window: number,
    private readonly limit: number,
  ) {}

  /** Failures in the running window, and the milliseconds until it ends. */
  of(key: string, now: number): { count: number; wait: number } {
    const entry = this.entries.get(key);
    return entry && entry.until > now ? { count: entry.count, wait: entry.until - now } : { count: 0, wait: 0 };
  }

  add(key: string, now: number): void {
    const { count, wait } = this.of(key, now);
    this.entries.delete(key);
    this.entries.set(key, { count: count + 1, until: now + (wait || this.window) });
    if (this.entries.size > this.limit) this.dropOldest();
  }

  takeBack(key: string): void {
    const entry = this.entries.get(key);
    if (entry && --entry.count <= 0) this.entries.delete(key);
  }

  clear(key: string): void {
    this.entries.delete(key);
  }

  private dropOldest(): void {
    const [oldest] = this.entries.keys();
    if (oldest !== undefined) this.entries.delete(oldest);
  }
}
