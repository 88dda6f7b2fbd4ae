import { SingleBar } from 'cli-progress';
import type { ImportSource } from './import-item.js';

const SHARES = 1000;

/** After so long it is said that the service is waited for. */
const WAIT_TOLD_AFTER_MS = 2_000;

export const SILENT = { sending: () => undefined, answered: () => undefined };

/** A bar on the standard error; where that is no terminal, a line now and then. */
export class ImportProgress {
  private readonly bar: SingleBar;
  private wait: NodeJS.Timeout | undefined;

  constructor(private readonly source: ImportSource) {
    this.bar = new SingleBar({
      format:
        source.done() === null
          ? 'importing {events} events | {doing}{waiting}'
          : 'importing {bar} {percentage}% | {events} events{waiting}',
      noTTYOutput: true,
      notTTYSchedule: 5_000,
    });
  }

  start(): void {
    this.bar.start(SHARES, 0, { events: 0, doing: this.source.doing(), waiting: '' });
  }

  /** So many have been sent: the bar moves when they are answered. */
  waitFor(events: number): void {
    clearInterval(this.wait);
    const since = Date.now();
    this.wait = setInterval(() => {
      const seconds = Math.round((Date.now() - since) / 1000);
      this.bar.update({ waiting: ` | waiting for the service to store ${events} more, for ${seconds} s` });
    }, WAIT_TOLD_AFTER_MS);
  }

  show(events: number): void {
    clearInterval(this.wait);
    const share = Math.round((this.source.done() ?? 0) * SHARES);
    this.bar.update(share, { events, doing: this.source.doing(), waiting: '' });
  }

  stop(): void {
    clearInterval(this.wait);
    this.bar.stop();
  }
}
