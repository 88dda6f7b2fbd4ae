import { Problem } from '../http/problem.js';
import type { Level } from './access.js';
import type { Caller } from './caller.js';

/**
 * Nobody is known to call, and why: as RFC 6750 wants it in the header. Who sends is told of Basic, too: many tools can do
 * nothing else. Who reads is not, for a browser would ask for a password.
 */
export function unauthorized(detail: string, level: Level, reason = ''): Problem {
  const basic = level === 'write' || level === 'sender' ? ', Basic realm="devopstic"' : '';
  return new Problem(401, detail, undefined, { 'WWW-Authenticate': `Bearer realm="devopstic"${reason}${basic}` });
}

/** Who calls is known, and may not. */
export function insufficient(caller: Caller, level: Level): Problem {
  const needs = level === 'user' ? 'a user token' : `the permission "${level}"`;
  return new Problem(403, `This needs ${needs}, which the ${caller.kind} ${caller.name} has not`, undefined, {
    'WWW-Authenticate': 'Bearer realm="devopstic", error="insufficient_scope"',
  });
}
