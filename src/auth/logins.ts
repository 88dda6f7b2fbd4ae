import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { Actor } from '../audit/actor.js';
import { countFailedLogin } from '../audit/failed-login.js';
import { Problem } from '../http/problem.js';
import { LoginThrottle } from './login-throttle.js';
import { Passwords } from './passwords.js';
import { User } from './user.entity.js';
import { alike, caseless, meant } from './user-names.js';

/** Proves by password who somebody is, at a bounded rate. */
@Injectable()
export class Logins {
  private readonly throttle = new LoginThrottle();

  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    private readonly passwords: Passwords,
  ) {}

  /**
   * The user of that name (in whatever case), password and good standing, else null: an unknown or disabled user takes
   * the same work and gets the same answer as a wrong password.
   *
   * @param by from where the request comes, for the throttle, and who is logged in already
   * @throws Problem 429 with Retry-After
   */
  async prove(username: string, password: string, by: Actor): Promise<User | null> {
    const address = by.address ?? '';
    // However it is spelt: else each spelling had tries of its own.
    const account = caseless(username);
    this.refuseThrottled(account, address);
    const users = await this.users.find({
      select: { id: true, username: true, disabled: true, password_hash: true, token_version: true },
      where: { username: alike(username) },
    });
    const user = meant(users, username);
    const hash = user && !user.disabled ? user.password_hash : null;
    if (await this.isRight(hash, account, password, address)) return user;
    await countFailedLogin(this.users.manager, by, user);
    return null;
  }

  private async isRight(hash: string | null, account: string, password: string, address: string): Promise<boolean> {
    const right = await this.passwords.matches(hash, password, () => {
      this.refuseThrottled(account, address);
      this.throttle.count(account, address);
    });
    if (right) this.throttle.succeeded(account, address);
    return right;
  }

  private refuseThrottled(account: string, address: string): void {
    const wait = this.throttle.wait(account, address);
    if (wait === 0) return;
    throw new Problem(429, `Too many failed logins, try again in ${wait} s`, undefined, {
      'Retry-After': String(wait),
    });
  }
}
