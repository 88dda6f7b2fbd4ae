import { Injectable } from '@nestjs/common';
import { ApiKeys, KEY_MARK } from './api-keys.js';
import type { Caller } from './caller.js';
import { Tokens } from './tokens.js';
import { UserMemory } from './user-memory.js';

/**
 * Tells callers by their Authorization header.
 *
 * Not by passport: user tokens and API keys come in one header, a token already checked must not be checked again,
 * and a strategy would only wrap the one call to JwtService.
 */
@Injectable()
export class Callers {
  constructor(
    private readonly tokens: Tokens,
    private readonly users: UserMemory,
    private readonly keys: ApiKeys,
  ) {}

  /** Null if the header proves nobody. */
  async of(authorization: string): Promise<Caller | null> {
    const credential = bearer(authorization);
    if (credential === null) return null;
    if (credential.startsWith(KEY_MARK)) return this.keys.callerOf(credential);
    const claims = await this.tokens.claimsOf(credential);
    return claims && this.users.callerOf(claims);
  }
}

/** The credential of a Bearer header, else null. */
export function bearer(authorization: string | undefined): string | null {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? null;
}
