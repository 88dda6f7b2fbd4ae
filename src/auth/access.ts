import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiSecurity } from '@nestjs/swagger';
import { ApiProblem } from './api-problem.js';
import type { Permission } from './caller.js';

/** `public`: anyone; `user`: any user token, but no API key; else whoever has that permission. */
export type Level = 'public' | 'user' | Permission;

export const ACCESS = 'devopstic:access';

/** Who may call a route, for the guard and in the contract. A route without it is for admins. */
export function Access(level: Level): ClassDecorator & MethodDecorator {
  return applyDecorators(SetMetadata(ACCESS, level), ...documented(level));
}

function documented(level: Level): (ClassDecorator & MethodDecorator)[] {
  if (level === 'public') return [ApiSecurity({})];
  return [
    ApiBearerAuth(),
    ApiProblem(401, 'No credential, or one that is unknown, malformed, expired or revoked'),
    ApiProblem(403, level === 'user' ? 'Not for API keys' : `The credential has not the permission to ${level}`),
  ];
}
