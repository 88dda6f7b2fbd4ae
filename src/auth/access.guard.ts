import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem } from '../http/problem.js';
import { ACCESS, type Level } from './access.js';
import type { Caller, CallerRequest } from './caller.js';
import { Callers } from './callers.js';

/** Lets a request pass if its caller has the route's access level; a route that names none is for admins. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly callers: Callers,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const level = this.reflector.getAllAndOverride<Level | undefined>(ACCESS, targets) ?? 'admin';
    if (level === 'public') return true;
    const request = context.switchToHttp().getRequest<CallerRequest>();
    const caller = await this.prove(request.headers.authorization);
    if (!reaches(caller, level)) throw insufficient(caller, level);
    request.caller = caller;
    return true;
  }

  private async prove(authorization: string | undefined): Promise<Caller> {
    if (authorization === undefined) {
      throw unauthorized('Send a user token or an API key: Authorization: Bearer …', '');
    }
    const caller = await this.callers.of(authorization);
    if (caller) return caller;
    throw unauthorized('The credential is unknown, malformed, expired or revoked', ', error="invalid_token"');
  }
}

function reaches(caller: Caller, level: Exclude<Level, 'public'>): boolean {
  return level === 'user' ? caller.kind === 'user' : caller.may.has(level);
}

function unauthorized(detail: string, reason: string): Problem {
  return new Problem(401, detail, undefined, { 'WWW-Authenticate': `Bearer realm="devopstic"${reason}` });
}

function insufficient(caller: Caller, level: Level): Problem {
  const needs = level === 'user' ? 'a user token' : `the permission "${level}"`;
  return new Problem(403, `This needs ${needs}, which the ${caller.kind} ${caller.name} has not`, undefined, {
    'WWW-Authenticate': 'Bearer realm="devopstic", error="insufficient_scope"',
  });
}
