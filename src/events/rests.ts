/** Whoever fails again and again rests up to so many times as long as it took. */
const LONGEST = 16;
/** The oldest is forgotten beyond it. */
const MOST = 1000;

/** What failed by itself (events, or pipelines), by its key, and until when it is not to be tried again. */
export class Rests {
  private readonly until = new Map<string, { failures: number; end_ms: number }>();

  get size(): number {
    return this.until.size;
  }

  /** Twice as long as the last time. */
  begin(key: string, took_ms: number): void {
    const failures = (this.until.get(key)?.failures ?? 0) + 1;
    this.until.delete(key);
    this.until.set(key, { failures, end_ms: performance.now() + took_ms * Math.min(2 ** (failures - 1), LONGEST) });
    const [oldest] = this.until.keys();
    if (this.until.size > MOST && oldest !== undefined) this.until.delete(oldest);
  }

  /** Milliseconds; 0 or less: it may be tried. */
  left(key: string, now_ms: number): number {
    return (this.until.get(key)?.end_ms ?? 0) - now_ms;
  }

  has(key: string): boolean {
    return this.until.has(key);
  }

  end(key: string): void {
    this.until.delete(key);
  }
}
