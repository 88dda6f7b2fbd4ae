import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './data-dir.js';

const LOOK_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

/** A server that ends in order takes its number with it; one that dies leaves it behind. */
interface Mortal {
  readonly pid: number | null;
}

/** Starts a server again that has died, which is looked for now and then; how long it takes between attempts doubles. */
export class Revival {
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;

  constructor(
    private readonly server: Mortal,
    private readonly start: () => Promise<unknown>,
    private readonly told: (message: string) => void,
  ) {
    this.running = this.untilStopped();
  }

  /** Resolves when it starts nothing any more. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async untilStopped(): Promise<void> {
    const { signal } = this.stopping;
    let failing = false;
    for (let pause = LOOK_MS; ;) {
      await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      const { pid } = this.server;
      // An attempt that failed has cleared away what the dead one left, its number too.
      const lives: boolean = pid === null ? !failing : isAlive(pid);
      failing = !lives && !(await this.revived());
      pause = failing ? Math.min(2 * pause, LONGEST_PAUSE_MS) : LOOK_MS;
    }
  }

  private async revived(): Promise<boolean> {
    this.told('The embedded PostgreSQL has died, and is started again');
    try {
      await this.start();
      return true;
    } catch (cause) {
      this.told(`The embedded PostgreSQL could not be started again, which is tried later: ${String(cause)}`);
      return false;
    }
  }
}
