import { setImmediate } from 'node:timers/promises';

/** So long at a time one request may keep the others waiting. */
const STEP_MS = 10;

/** Lets others have their turn between the steps of long work. */
export class Pace {
  private since = performance.now();

  /** To be awaited after each step. */
  async rest(): Promise<void> {
    if (performance.now() - this.since < STEP_MS) return;
    await setImmediate();
    this.since = performance.now();
  }
}
