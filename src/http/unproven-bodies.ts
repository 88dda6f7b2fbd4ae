import { Problem } from './problem.js';
import type { WholeBody } from './whole-body.js';

/** Of memory, for all bodies together whose senders are not known yet: two of the largest, and room for the small ones. */
export const MOST_BYTES = 67_108_864;
/** Of it, for those that come from one address: one of the largest, and some. */
export const MOST_OF_ADDRESS = 33_554_432;
/** What a request takes beside its body: so that many that send next to nothing count as well. */
const BESIDES = 16_384;
/** In so long what came in counts for a third of what comes in now. */
const RECENT_MS = 2000;

/** Less than this is nothing: it shall matter more how much one has that has stalled than since when. */
const LEAST_RECENT = 1024;

interface Watched {
  body: WholeBody;
  address: string;
  counted: number;
  /** Bytes that came in lately, and when they were last counted up. */
  recent: number;
  at: number;
}

/**
 * Bounds the memory that strangers take by bodies that they do not end, such as those that a signature is over. Nobody is
 * refused beforehand. At the bound one is ended, and its memory let go: the one with the most bytes for the pace at which
 * more come. Who sends and is done has next to nothing there; who has stalled, the more the longer.
 */
export class UnprovenBodies {
  private readonly all = new Set<Watched>();
  private readonly bytes_of = new Map<string, number>();
  private bytes = 0;

  /** Until it has come in, or was broken off. */
  watch(body: WholeBody, address: string): void {
    const watched = { body, address, counted: 0, recent: BESIDES, at: performance.now() };
    this.all.add(watched);
    this.recount(watched, BESIDES);
    body.onArrival = (bytes) => this.arrived(watched, bytes);
    const forget = (): void => this.forget(watched);
    void body.bytes.then(forget, forget);
  }

  private arrived(one: Watched, bytes: number): void {
    const now = performance.now();
    one.recent = recentAt(one, now) + bytes;
    one.at = now;
    this.recount(one, BESIDES + one.body.held);
    while ((this.bytes_of.get(one.address) ?? 0) > MOST_OF_ADDRESS) this.endSlowest(now, one.address);
    while (this.bytes > MOST_BYTES) this.endSlowest(now);
  }

  private endSlowest(now: number, address?: string): void {
    let slowest: Watched | undefined;
    let longest = -1;
    for (const one of this.all) {
      const took = one.counted / (recentAt(one, now) + LEAST_RECENT);
      if ((address !== undefined && one.address !== address) || took <= longest) continue;
      [slowest, longest] = [one, took];
    }
    if (slowest === undefined) return;
    this.forget(slowest);
    slowest.body.breakOff(crowded());
  }

  private recount(one: Watched, bytes: number): void {
    const of_address = (this.bytes_of.get(one.address) ?? 0) + bytes - one.counted;
    this.bytes += bytes - one.counted;
    if (of_address > 0) this.bytes_of.set(one.address, of_address);
    else this.bytes_of.delete(one.address);
    one.counted = bytes;
  }

  private forget(one: Watched): void {
    if (!this.all.delete(one)) return;
    one.body.onArrival = () => undefined;
    this.recount(one, 0);
  }
}

function recentAt({ recent, at }: Watched, now: number): number {
  return recent * Math.exp((at - now) / RECENT_MS);
}

function crowded(): Problem {
  return new Problem(503, 'Too much is being sent by senders that are not known yet. Send again shortly.', [], {
    'Retry-After': '5',
  });
}
