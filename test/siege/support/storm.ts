import { setTimeout as sleep } from 'node:timers/promises';
import type { Parcel, Sender } from './parcels.js';

/** Longer than anything here takes, and shorter than a test. */
const PATIENCE_MS = 150_000;
/** More of them say the same. */
const MOST_WRONG = 5;

/** What senders were answered. */
export interface Ledger {
  acknowledged: Set<string>;
  /** Answers that asked to come back. */
  later: number;
  /** Connections that were refused, broke off or stayed silent. */
  broken: number;
  /** Answers that a good sender would have taken for final, though nothing was wrong with what it sent. */
  wrong: string[];
  /** The longest time from a first attempt to its acknowledgement. */
  longest_ms: number;
}

/** Many that send at once, each its own parcels one after the other, and each parcel until it is acknowledged. */
export class Storm {
  readonly ledger: Ledger = { acknowledged: new Set(), later: 0, broken: 0, wrong: [], longest_ms: 0 };
  private over = false;
  private readonly sending: Promise<void>[];

  constructor(senders: readonly Sender[], urls: readonly string[]) {
    this.sending = senders.map(async (sender, place) => {
      for (let number = 0; !this.over; number++) await this.deliver(sender(number), urls, place + number);
    });
  }

  /** Waits until so many more events were acknowledged. */
  async acknowledges(more: number): Promise<void> {
    const { size } = this.ledger.acknowledged;
    await this.sees(`${more} further events acknowledged`, () => this.ledger.acknowledged.size >= size + more);
  }

  /** Waits until so many more requests were refused or broke off. */
  async isTurnedAway(more: number): Promise<void> {
    const turned = (): number => this.ledger.later + this.ledger.broken;
    const before = turned();
    await this.sees(`${more} requests turned away`, () => turned() >= before + more);
  }

  private async sees(what: string, reached: () => boolean): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    while (!reached()) {
      if (Date.now() > until) throw new Error(`There never were ${what}: ${JSON.stringify(this.counts())}`);
      await sleep(10);
    }
  }

  /** Ends once what is on its way has arrived. */
  async end(): Promise<Ledger> {
    this.over = true;
    await Promise.all(this.sending);
    return this.ledger;
  }

  private counts(): object {
    return { ...this.ledger, acknowledged: this.ledger.acknowledged.size };
  }

  /** Turns to the next instance after each refusal, as a balancer does. */
  private async deliver(parcel: Parcel, urls: readonly string[], first: number): Promise<void> {
    const since = Date.now();
    for (let attempt = first; Date.now() - since < PATIENCE_MS; attempt++) {
      if (await this.attempt(parcel, urls[attempt % urls.length] ?? '')) {
        this.ledger.longest_ms = Math.max(this.ledger.longest_ms, Date.now() - since);
        return;
      }
      await sleep(50);
    }
    this.wrong(`${parcel.path} was never acknowledged`);
  }

  /** Whether there was a final answer. */
  private async attempt({ path, headers, body, acknowledged }: Parcel, url: string): Promise<boolean> {
    let status: number;
    let answer: string;
    try {
      const response = await fetch(url + path, { method: 'POST', headers, body, signal: AbortSignal.timeout(60_000) });
      status = response.status;
      answer = await response.text();
    } catch {
      this.ledger.broken++;
      return false;
    }
    if (status === 503) {
      this.ledger.later++;
      return false;
    }
    const keys = status === 200 || status === 201 ? acknowledged(JSON.parse(answer) as Record<string, unknown>) : null;
    if (keys === null) this.wrong(`${path} ${status} ${answer}`);
    for (const key of keys ?? []) this.ledger.acknowledged.add(key);
    return true;
  }

  private wrong(what: string): void {
    if (this.ledger.wrong.length < MOST_WRONG) this.ledger.wrong.push(what);
  }
}
