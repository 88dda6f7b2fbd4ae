import { isIPv6 } from 'node:net';
import { FailureCounter } from './failure-counter.js';

const WINDOW_MS = 15 * 60_000;
const KEYS = 10_000;

/** Wrong passwords allowed in a quarter of an hour. */
export const LIMITS = {
  /** for one account from one address */
  pair: 10,
  /** for one account from one address, while the account is under attack */
  pair_under_attack: 2,
  /** for one account from anywhere; beyond it the account counts as under attack */
  account: 50,
  /** from one address, for any account */
  address: 100,
};

/**
 * How fast passwords can be guessed, and whom that may hurt.
 *
 * Counting by account alone would let anybody lock out a user by failing on purpose; counting by address alone
 * would let a botnet guess without end. So the *pair* of account and address is what gets refused, and an account
 * that fails from many addresses is never closed: each address then merely gets fewer tries. A real user at an
 * address of their own always has some, and no refusal outlives its window. An address that fails for many
 * accounts is refused for all.
 *
 * Only failures count. A try is counted before the password is checked and taken back when it was right, so that
 * tries sent at once cannot slip past together. A right password clears its own pair only: an attacker's own
 * account does not wash off the address.
 *
 * Memory: at most `KEYS` entries a counter. To push one out takes that many newer failures, the whole allowance of a
 * hundred addresses; who has those gains no more by it than by using them. Kept per process: replicas multiply the
 * limits, and a restart forgets them.
 */
export class LoginThrottle {
  private readonly pairs = new FailureCounter(WINDOW_MS, KEYS);
  private readonly accounts = new FailureCounter(WINDOW_MS, KEYS);
  private readonly addresses = new FailureCounter(WINDOW_MS, KEYS);

  constructor(private readonly clock: () => number = Date.now) {}

  /** Seconds to wait before the next try; 0 = go ahead. */
  wait(account: string, address: string): number {
    const now = this.clock();
    const source = network(address);
    const attacked = this.accounts.of(account, now).count >= LIMITS.account;
    const pair = this.pairs.of(pairOf(account, source), now);
    const from = this.addresses.of(source, now);
    const waits = [
      pair.count >= (attacked ? LIMITS.pair_under_attack : LIMITS.pair) ? pair.wait : 0,
      from.count >= LIMITS.address ? from.wait : 0,
    ];
    return Math.ceil(Math.max(...waits) / 1000);
  }

  /** Counts a try as failed, until `succeeded` says otherwise. */
  count(account: string, address: string): void {
    const now = this.clock();
    const source = network(address);
    this.pairs.add(pairOf(account, source), now);
    this.accounts.add(account, now);
    this.addresses.add(source, now);
  }

  /** The password was right: takes the try back, and forgives this account its earlier ones from this address. */
  succeeded(account: string, address: string): void {
    const source = network(address);
    this.pairs.clear(pairOf(account, source));
    this.accounts.takeBack(account);
    this.addresses.takeBack(source);
  }
}

/** Neither part can hold a NUL: addresses never do, and names with one are refused before. */
function pairOf(account: string, source: string): string {
  return `${source}\0${account}`;
}

/** An IPv6 customer owns a /64: counting single addresses would count nothing. */
export function network(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':');
}
