import { availableParallelism } from 'node:os';
import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { Problem } from '../http/problem.js';

/** OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const WAITING = 200;

/**
 * argon2id, a few at a time: each check takes a core and 19 MiB, on the thread pool that files and DNS use too, so a
 * flood of logins must not be able to take all of it.
 */
@Injectable()
export class Passwords {
  private readonly slots = Math.min(2, availableParallelism());
  private readonly queue: (() => void)[] = [];
  private running = 0;
  private dummy: Promise<string> | null = null;

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, COST));
  }

  /**
   * Whether the password is the one of this hash. Without a hash (no such user) the work is the same and the
   * answer no. `admit` runs when the turn has come and may throw.
   */
  matches(stored: string | null, password: string, admit?: () => void): Promise<boolean> {
    return this.inTurn(async () => {
      admit?.();
      const nobody = await (this.dummy ??= hash(randomBytes(16), COST));
      const right = await verify(stored ?? nobody, password);
      return right && stored !== null;
    });
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < this.slots) this.running += 1;
    else await this.turn();
    try {
      return await work();
    } finally {
      const next = this.queue.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  private turn(): Promise<void> {
    if (this.queue.length >= WAITING) {
      throw new Problem(503, 'Too many logins at once, try again shortly', undefined, {
        'Retry-After': '2',
      });
    }
    return new Promise((resolve) => this.queue.push(resolve));
  }
}
