import { setTimeout as sleep } from 'node:timers/promises';
import { Busy, Unreachable } from '../client/faults.js';
import { BATCH_PATIENCE_MS, type ServiceClient } from '../client/service-client.js';
import type { BatchResult } from '../events/batch-intake.js';
import { readEvent } from '../events/event.reader.js';

/** Takes events, each a line of JSON, and says what became of them. */
export interface Receiver {
  receive(lines: readonly string[]): Promise<BatchResult>;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Sends them to the service; while that is away, as when it starts anew, again and again: none is recorded twice. As long
 * as it is there and at work, it is waited for.
 */
export class PatientSender implements Receiver {
  constructor(
    private readonly service: ServiceClient,
    private readonly tell: (message: string) => void,
    private readonly patience_ms = BATCH_PATIENCE_MS,
  ) {}

  async receive(lines: readonly string[]): Promise<BatchResult> {
    let deadline = Date.now() + this.patience_ms;
    const first = this.service.now;
    let said: string | null = null;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        return await this.service.sendLines(lines, said === null ? null : first, this.patience_ms);
      } catch (cause) {
        if (!(cause instanceof Unreachable)) throw cause;
        const working = cause instanceof Busy && (await this.service.isAlive());
        if (working) deadline = Date.now() + this.patience_ms;
        if (Date.now() > deadline) throw cause;
        const waiting = working ? 'Waiting until it is done' : `Waiting for it, up to ${this.patience_ms / 1000} s`;
        if (said !== waiting) this.tell(`${cause.message}\n${waiting}`);
        said = waiting;
        await sleep(pause);
      }
    }
  }
}

/** Sends nothing, but writes down what would be sent, and refuses what the service would refuse. */
export class DryRun implements Receiver {
  constructor(private readonly output: NodeJS.WritableStream) {}

  async receive(lines: readonly string[]): Promise<BatchResult> {
    const result = noResult();
    for (const [index, line] of lines.entries()) {
      const read = readEvent(JSON.parse(line), new Date());
      if ('errors' in read) {
        result.rejected++;
        result.errors.push(...read.errors.map((error) => ({ index, ...error })));
      } else {
        result.accepted++;
        await this.write(`${line}\n`);
      }
    }
    return result;
  }

  /** No faster than it is read. */
  private async write(line: string): Promise<void> {
    if (this.output.write(line)) return;
    await new Promise((resolve) => this.output.once('drain', resolve));
  }
}

/** What became of nothing. */
export function noResult(): BatchResult {
  return { accepted: 0, duplicates: 0, rejected: 0, errors: [] };
}
