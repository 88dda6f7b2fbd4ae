import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { keepAct } from '../audit/act.js';
import type { Actor } from '../audit/actor.js';
import { Config } from '../config/config.js';
import { Problem } from '../http/problem.js';
import type { Claims } from './caller.js';
import { LastUses } from './last-uses.js';
import type { Origin } from './origin.js';
import { unauthorized } from './refusals.js';
import { Session } from './session.entity.js';
import { ShortMemory } from './short-memory.js';
import type { User } from './user.entity.js';

const OPEN = readFileSync(new URL('./open-session.sql', import.meta.url), 'utf8');

/** However often its tokens are renewed, a session ends then; or with its first token, where tokens hold longer. */
const LONGEST_SECONDS = 30 * 86_400;

/** What a token is issued for. */
export interface OpenSession {
  id: string;
  /** Until when the token may hold. */
  expires_at: Date;
}

/**
 * Logins that go on. Tokens name theirs; those of versions before name none, and hold until they expire unless they are
 * logged out. Ending one counts at once in this process, and within three seconds in others.
 */
@Injectable()
export class Sessions {
  private readonly memory = new ShortMemory((id) => this.lookUp(id));

  constructor(
    private readonly dataSource: DataSource,
    private readonly uses: LastUses,
    private readonly config: Config,
  ) {}

  /** For a user whose password was just proven. @throws Problem 401 if the user has changed since */
  open(user: Pick<User, 'id' | 'username' | 'token_version'>, from: Origin, by: Actor): Promise<OpenSession> {
    return this.dataSource.transaction(async (manager) => {
      const session = await this.openIn(manager, user, from, Date.now());
      const object = { kind: 'user', id: user.id, name: user.username };
      await keepAct(manager, { ...by, ...object, kind: 'user' }, { action: 'login.succeeded', object });
      return session;
    });
  }

  /** For a fresh token, of the same session. @throws Problem 401 if that has ended */
  async renew(claims: Claims, from: Origin): Promise<OpenSession> {
    const { sid, sub: id, ver: token_version, iat } = claims;
    if (sid === undefined) {
      if (!isOpen(claims, await this.lookUp(idOf(claims)))) throw hasEnded();
      const began = iat === undefined ? Date.now() : iat * 1000;
      return this.openIn(this.dataSource.manager, { id, token_version }, from, began);
    }
    const [[session]] = await this.dataSource.query<[OpenSession[]]>(
      `UPDATE devopstic.sessions SET expires_at = LEAST(ends_at, GREATEST(expires_at, $2))
       WHERE id = $1 AND ended_at IS NULL RETURNING id, LEAST(ends_at, $2) AS expires_at`,
      [sid, this.expiry()],
    );
    if (!session) throw hasEnded();
    return session;
  }

  async isOpen(claims: Claims): Promise<boolean> {
    const open = isOpen(claims, await this.memory.get(idOf(claims)));
    if (open && claims.sid !== undefined) this.uses.note('sessions', claims.sid);
    return open;
  }

  /** Of one user, newest first, those after the given one. */
  list(user_id: string, after: Pick<Session, 'created_at' | 'id'> | null, limit: number): Promise<Session[]> {
    const query = this.dataSource
      .getRepository(Session)
      .createQueryBuilder('session')
      .where('session.user_id = :user_id AND session.ended_at IS NULL AND session.expires_at > now()', { user_id })
      .orderBy({ 'session.created_at': 'DESC', 'session.id': 'DESC' });
    if (after) query.andWhere('(session.created_at, session.id) < (:created_at, :id)', { ...after });
    return query.limit(limit).getMany();
  }

  /** Ends the session of a token; of one that names none, that token. */
  async endOf(claims: Claims, by: Actor): Promise<void> {
    const id = idOf(claims);
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `INSERT INTO devopstic.sessions (id, user_id, address, expires_at, ends_at, ended_at)
         VALUES ($1, $2, '', $3, $3, now()) ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at`,
        [id, claims.sub, new Date(claims.exp * 1000)],
      );
      const object = { kind: 'user', id: claims.sub, ...(by.name !== null && { name: by.name }) };
      await keepAct(manager, by, { action: 'logout', object });
    });
    this.memory.forget(id);
  }

  /** @throws Problem 404 if the user has no such session */
  async end(user_id: string, id: string, by: Actor): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const [[ended]] = await manager.query<[{ username: string }[], number]>(
        `DELETE FROM devopstic.sessions AS s
         USING devopstic.users AS u
         WHERE s.id = $1 AND s.user_id = $2 AND s.ended_at IS NULL AND s.expires_at > now() AND u.id = s.user_id
         RETURNING u.username`,
        [id, user_id],
      );
      if (!ended) throw new Problem(404, `The user has no session ${id}`);
      const object = { kind: 'user', id: user_id, name: ended.username };
      await keepAct(manager, by, { action: 'user.session_ended', object, details: { session: id } });
    });
    this.memory.forget(id);
  }

  /** @param began when the login was, in milliseconds. @throws Problem 401 if the user has changed since */
  private async openIn(
    manager: EntityManager,
    user: Pick<User, 'id' | 'token_version'>,
    from: Origin,
    began: number,
  ): Promise<OpenSession> {
    const ttl = this.config.token_ttl_seconds;
    const ends_at = new Date(began + Math.max(ttl, LONGEST_SECONDS) * 1000);
    const values = [user.id, user.token_version, from.address, from.agent, ends_at, this.expiry()];
    const [session] = await manager.query<OpenSession[]>(OPEN, values);
    if (!session) throw hasEnded();
    return session;
  }

  /** In whole seconds, as tokens say it. */
  private expiry(): Date {
    return new Date((Math.floor(Date.now() / 1000) + this.config.token_ttl_seconds) * 1000);
  }

  private async lookUp(id: string): Promise<'open' | 'ended' | 'unknown'> {
    const [row] = await this.dataSource.query<{ ended: boolean }[]>(
      'SELECT ended_at IS NOT NULL AS ended FROM devopstic.sessions WHERE id = $1',
      [id],
    );
    if (!row) return 'unknown';
    return row.ended ? 'ended' : 'open';
  }
}

/** To be called where the user's generation is counted up, which ends the tokens as well; one may go on. */
export async function endSessions(manager: EntityManager, user_id: string, but: string | null = null): Promise<void> {
  await manager.query('DELETE FROM devopstic.sessions WHERE user_id = $1 AND id IS DISTINCT FROM $2::uuid', [
    user_id,
    but,
  ]);
}

function isOpen({ sid }: Claims, state: 'open' | 'ended' | 'unknown'): boolean {
  return state === 'open' || (sid === undefined && state === 'unknown');
}

/** A token without a session is known by what it says: another that says the same is the same. */
function idOf({ sid, sub, ver, iat, exp }: Claims): string {
  if (sid !== undefined) return sid;
  return createHash('sha256').update([sub, ver, iat, exp].join(' ')).digest('hex').slice(0, 32);
}

function hasEnded(): Problem {
  return unauthorized('The session has ended, log in again', 'user', ', error="invalid_token"');
}
