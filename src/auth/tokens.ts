import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { Claims } from './caller.js';
import { JwtSecret } from './jwt-secret.js';
import type { OpenSession } from './sessions.js';
import type { Token } from './token.view.js';
import type { User } from './user.entity.js';

const REMEMBERED = 10_000;

/**
 * Issues and remembers user tokens. A checked token is remembered until it expires, since checking it again is what
 * costs (8 µs against 0.01); whether its *user* may still call, and its session goes on, is
 * asked on every request, in UserMemory. Only
 * tokens that were right are remembered, so strangers cannot fill the map.
 */
@Injectable()
export class Tokens {
  private readonly remembered = new Map<string, Claims>();

  constructor(
    private readonly jwt: JwtService,
    private readonly secret: JwtSecret,
  ) {}

  async issue(
    { id: sub, token_version: ver }: Pick<User, 'id' | 'token_version'>,
    session: OpenSession,
  ): Promise<Token> {
    const exp = Math.floor(session.expires_at.getTime() / 1000);
    const token = await this.jwt.signAsync({ sub, ver, sid: session.id, exp });
    return { code: 200, token, expire: new Date(exp * 1000).toISOString() };
  }

  /**
   * The claims of one of our tokens; null if it is foreign, altered, malformed or expired.
   *
   * @param check asked about a token that is not remembered, with the key that must have signed it
   */
  async claimsOf(token: string, check: (key: KeyObject) => Promise<Claims | null>): Promise<Claims | null> {
    const known = this.remembered.get(token);
    if (known) return this.unlessExpired(token, known);
    const claims = await check(await this.secret.key());
    if (claims) this.remember(token, claims);
    return claims;
  }

  private unlessExpired(token: string, claims: Claims): Claims | null {
    if (claims.exp * 1000 > Date.now()) return claims;
    this.remembered.delete(token);
    return null;
  }

  private remember(token: string, claims: Claims): void {
    if (this.remembered.size >= REMEMBERED) {
      const [oldest] = this.remembered.keys();
      if (oldest !== undefined) this.remembered.delete(oldest);
    }
    this.remembered.set(token, claims);
  }
}
