import { SingleBar } from 'cli-progress';
import type { ImportSource } from './import-item.js';

const SHARES = 1000;

/** A bar on the standard error; where that is no terminal, a line now and then. */
export class ImportProgress {
  private readonly bar: SingleBar;

  constructor(private readonly source: ImportSource) {
    this.bar = new SingleBar({
      format:
        source.done() === null
          ? 'importing {events} events | {doing}'
          : 'importing {bar} {percentage}% | {events} events',
      noTTYOutput: true,
      notTTYSchedule: 5_000,
    });
  }

  start(): void {
    this.bar.start(SHARES, 0, { events: 0, doing: this.source.doing() });
  }

  show(events: number): void {
    const share = Math.round((this.source.done() ?? 0) * SHARES);
    this.bar.update(share, { events, doing: this.source.doing() });
  }

  stop(): void {
    this.bar.stop();
  }
}
