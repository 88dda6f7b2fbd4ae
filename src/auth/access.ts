import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiSecurity } from '@nestjs/swagger';
import { ApiProblem } from '../http/api-problem.js';
import type { Permission } from './caller.js';

/**
 * `public`: anyone; `sender`: anyone, known as the caller if a credential is shown: the route decides; `user`: any user
 * token, but no API key; else whoever has that permission.
 */
export type Level = 'public' | 'sender' | 'user' | Permission;

export const ACCESS = 'devopstic:access';

const REFUSED: Readonly<Record<Exclude<Level, 'public' | 'sender'>, string>> = {
  user: 'An API key: this is for users only',
  read: 'A credential that may not read',
  write: 'A credential that may not send events',
  admin: 'A credential that is no admin’s',
};

/** Who may call a route, for the guard and in the contract. A route without it is for admins. */
export function Access(level: Level): ClassDecorator & MethodDecorator {
  return applyDecorators(SetMetadata(ACCESS, level), ...documented(level));
}

function documented(level: Level): (ClassDecorator & MethodDecorator)[] {
  if (level === 'public') return [ApiSecurity({})];
  if (level === 'sender') return [ApiSecurity({}), ApiBearerAuth()];
  return [
    ApiBearerAuth(),
    ApiProblem(401, 'No credential, or one that is unknown, malformed, expired or revoked'),
    ApiProblem(403, REFUSED[level]),
  ];
}
