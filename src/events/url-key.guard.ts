import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ApiKeys } from '../auth/api-keys.js';
import type { CallerRequest } from '../auth/caller.js';
import { Problem } from '../http/problem.js';

/** Lets a request pass whose path has a key that may send events, as its part `:key`. */
@Injectable()
export class UrlKeyGuard implements CanActivate {
  constructor(private readonly keys: ApiKeys) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<CallerRequest & { params: { key: string } }>();
    const caller = await this.keys.callerOf(request.params.key);
    if (caller === null) throw new Problem(401, 'The key in the URL is unknown, expired or revoked');
    // Before it is refused: the log says which.
    request.caller = caller;
    if (!caller.may.has('write')) throw new Problem(403, 'The key in the URL may not send events');
    return true;
  }
}
