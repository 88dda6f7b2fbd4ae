import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { isUUID } from 'class-validator';
import { ExtractJwt, Strategy } from 'passport-jwt';
import type { CallerRequest, Claims } from './caller.js';

export const ISSUER = 'devopstic';

/**
 * Checks user tokens. HS256 and nothing else: what a token says about its algorithm is not believed.
 *
 * Passport keeps one strategy of a name for the whole process, in which several services may run, as in the tests: so
 * the key is the request's, which the guard has put there.
 */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor() {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      // Typed for strings and buffers only, but given as it is to jsonwebtoken, which is much faster with a KeyObject.
      secretOrKeyProvider: ({ token_key }: CallerRequest, _token, done) => done(null, token_key as unknown as Buffer),
      algorithms: ['HS256'],
      issuer: ISSUER,
    });
  }

  /** A token signed with our secret by other hands must not reach a query. */
  validate(claims: Partial<Claims>): Claims | null {
    return areOurs(claims) ? (claims as Claims) : null;
  }
}

function areOurs({ sub, ver, sid, iat, exp }: Partial<Claims>): boolean {
  const named = isUUID(sub) && (sid === undefined || isUUID(sid));
  return named && [ver, iat ?? 0, exp].every(Number.isInteger);
}
