import type { KeyObject } from 'node:crypto';
import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { Config } from '../config/config.js';
import { ACCESS, type Level } from './access.js';
import { ApiKeys, KEY_MARK } from './api-keys.js';
import { ANYONE, type Caller, type CallerRequest, type Claims } from './caller.js';
import { insufficient, unauthorized } from './refusals.js';
import { Tokens } from './tokens.js';
import { UserMemory } from './user-memory.js';

const reflector = new Reflector();

/**
 * Lets a request pass if its caller has the route's access level; a route that names none is for admins.
 *
 * User tokens and API keys come in one header. Passport is asked about a user token that is not remembered, and
 * only about that.
 */
@Injectable()
export class AccessGuard extends AuthGuard('jwt') {
  constructor(
    private readonly tokens: Tokens,
    private readonly users: UserMemory,
    private readonly keys: ApiKeys,
    private readonly config: Config,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const level = reflector.getAllAndOverride<Level | undefined>(ACCESS, targets) ?? 'admin';
    if (level === 'public') return true;
    if (level === 'sender') return this.noteSender(context);
    const caller = this.isOpen(level, context) ? ANYONE : await this.callerOf(level, context);
    // Before it is refused: the log says whom.
    this.getRequest(context).caller = caller;
    if (!reaches(caller, level)) throw insufficient(caller, level);
    return true;
  }

  override getRequest(context: ExecutionContext): CallerRequest {
    return context.switchToHttp().getRequest<CallerRequest>();
  }

  /** What passport leaves in `request.user`. It does not refuse: a wrong token is answered as a wrong key is. */
  override handleRequest<T>(error: Error | null, claims: T | false): T | null {
    if (error) throw error;
    return claims || null;
  }

  /** A credential that is sent is checked all the same: whose has expired shall be told so. */
  private isOpen(level: Level, context: ExecutionContext): boolean {
    return this.config.public_read && level === 'read' && this.getRequest(context).headers.authorization === undefined;
  }

  private async callerOf(level: Level, context: ExecutionContext): Promise<Caller> {
    const { authorization } = this.getRequest(context).headers;
    if (authorization === undefined) {
      throw unauthorized('Send a user token or an API key: Authorization: Bearer …', level);
    }
    const caller = await this.holderOf(authorization, context);
    if (caller) return caller;
    throw unauthorized('The credential is unknown, malformed, expired or revoked', level, ', error="invalid_token"');
  }

  /** What is no credential of ours may be meant for somebody in between. */
  private async noteSender(context: ExecutionContext): Promise<true> {
    const request = this.getRequest(context);
    const { authorization } = request.headers;
    const caller = authorization === undefined ? null : await this.holderOf(authorization, context);
    if (caller) request.caller = caller;
    return true;
  }

  private async holderOf(authorization: string, context: ExecutionContext): Promise<Caller | null> {
    const credential = bearer(authorization) ?? basic(authorization);
    if (credential === null) return null;
    if (credential.startsWith(KEY_MARK)) return this.keys.callerOf(credential);
    const claims = await this.tokens.claimsOf(credential, (key) => this.check(context, key));
    this.getRequest(context).user = claims;
    return claims && this.users.callerOf(claims);
  }

  private async check(context: ExecutionContext, token_key: KeyObject): Promise<Claims | null> {
    const request = Object.assign(this.getRequest(context), { token_key });
    await super.canActivate(context);
    return request.user ?? null;
  }
}

/** The credential of a Bearer header, else null. */
function bearer(authorization: string): string | null {
  return /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? null;
}

/** An API key that is the password of a Basic header, for senders that know nothing else; the username may be anything. */
function basic(authorization: string): string | null {
  const pair = Buffer.from(/^Basic +(\S+) *$/i.exec(authorization)?.[1] ?? '', 'base64').toString('utf8');
  const password = pair.slice(pair.indexOf(':') + 1);
  return password.startsWith(KEY_MARK) ? password : null;
}

function reaches(caller: Caller, level: Exclude<Level, 'public' | 'sender'>): boolean {
  return level === 'user' ? caller.kind === 'user' : caller.may.has(level);
}
