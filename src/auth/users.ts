import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan, Not, type EntityManager, type Repository } from 'typeorm';
import type { Actor } from '../audit/actor.js';
import { Problem } from '../http/problem.js';
import type { ApiKey } from './api-key.entity.js';
import { ApiKeys } from './api-keys.js';
import { settleKeys } from './key-owners.js';
import { mustBeGood } from './password-rules.js';
import { Passwords } from './passwords.js';
import { endSessions } from './sessions.js';
import { keepUserAct, keepUserChange } from './user-acts.js';
import type { NewUser, UserChange } from './user.body.js';
import { UserMemory } from './user-memory.js';
import { User } from './user.entity.js';
import { alike, meant } from './user-names.js';
import type { ChangedUser } from './user.view.js';

/** Counts up the generation, which ends the tokens issued before. */
const END_TOKENS = { token_version: () => 'token_version + 1' };

@Injectable()
export class Users {
  private readonly users: Repository<User>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly passwords: Passwords,
    private readonly memory: UserMemory,
    private readonly keys: ApiKeys,
  ) {
    this.users = dataSource.getRepository(User);
  }

  /** Users whose name comes after the given one, by name. */
  list(after: string, limit: number): Promise<User[]> {
    return this.users.find({
      where: { username: MoreThan(after) },
      order: { username: 'ASC' },
      take: limit,
    });
  }

  /** @throws Problem 404 */
  async get(id: string): Promise<User> {
    const user = await this.users.findOneBy({ id });
    if (!user) throw unknownUser(id);
    return user;
  }

  /** @throws Problem 404 */
  async named(username: string): Promise<User> {
    const user = meant(await this.users.findBy({ username: alike(username) }), username);
    if (!user) throw unknownUser(username);
    return user;
  }

  /** @throws Problem 400 if the password is too easy, or 409 if the name is taken, in whatever case */
  async create({ username, password, role }: NewUser, by: Actor): Promise<User> {
    await mustBeGood(password, username, '/password');
    const password_hash = await this.passwords.hash(password);
    return this.alone(async (manager) => {
      await mustBeFree(manager, username);
      const { id } = await manager.save(User, { username, role, password_hash });
      await keepUserAct(manager, by, 'user.created', { id, username }, { role });
      return manager.findOneByOrFail(User, { id });
    });
  }

  /**
   * Disabling ends the user's keys, or hands them to `keys_to`.
   *
   * @throws Problem 400 if nothing is to be changed, the password is too easy or `keys_to` is wrong, 404, or 409 if the
   * name is taken or no enabled admin would be left
   */
  async change(id: string, change: UserChange, by: Actor): Promise<ChangedUser> {
    const { username, role, disabled, password, keys_to } = change;
    mustChange(change);
    const password_hash = password === undefined ? undefined : await this.hashFor(id, password, username);
    const ends = password !== undefined || disabled === true;
    const keys = await this.keepingAnAdmin(async (manager) => {
      const before = await existing(manager, id);
      if (username !== undefined) await mustBeFree(manager, username, id);
      await manager.update(User, { id }, { username, role, disabled, password_hash, ...(ends ? END_TOKENS : {}) });
      if (ends) await endSessions(manager, id);
      await keepUserChange(manager, by, before, change);
      return disabled === true ? settleKeys(manager, id, keys_to, by) : undefined;
    });
    this.memory.forget(id);
    this.keys.forget(keys ?? []);
    return Object.assign(await this.get(id), keys && { keys });
  }

  /** Ends all tokens issued before, also those that name no session. @throws Problem 404 */
  async endSessions(id: string, by: Actor): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const user = await existing(manager, id);
      await manager.update(User, { id }, END_TOKENS);
      await endSessions(manager, id);
      await keepUserAct(manager, by, 'user.sessions_ended', user);
    });
    this.memory.forget(id);
  }

  /**
   * Sets the password of a user whose old one was just proven, which ends the tokens issued before.
   *
   * @param session the one that goes on
   * @returns the user's new generation, for a token that goes on
   * @throws Problem 400 if it is too easy, or 409 if the user was changed by somebody else since the proof
   */
  async changeOwnPassword(
    proven: User,
    password: string,
    session: string | null,
    by: Actor,
  ): Promise<Pick<User, 'id' | 'token_version'>> {
    const { id, username, token_version } = proven;
    await mustBeGood(password, username, '/new_password');
    const password_hash = await this.passwords.hash(password);
    await this.dataSource.transaction(async (manager) => {
      const { affected } = await manager.update(User, { id, token_version }, { password_hash, ...END_TOKENS });
      if (affected === 0) throw new Problem(409, 'Your account was changed meanwhile, log in again');
      await endSessions(manager, id, session);
      await keepUserAct(manager, by, 'user.password_set', proven);
    });
    this.memory.forget(id);
    return { id, token_version: token_version + 1 };
  }

  /**
   * @returns the user's keys, which have ended or belong to `keys_to` now
   * @throws Problem 400 if `keys_to` is wrong, 404, or 409 if no enabled admin would be left
   */
  async remove(id: string, keys_to: string | undefined, by: Actor): Promise<ApiKey[]> {
    const keys = await this.keepingAnAdmin(async (manager) => {
      const user = await existing(manager, id);
      await manager.delete(User, { id });
      await endSessions(manager, id);
      await keepUserAct(manager, by, 'user.removed', user);
      return settleKeys(manager, id, keys_to, by);
    });
    this.memory.forget(id);
    this.keys.forget(keys);
    return keys;
  }

  private async hashFor(id: string, password: string, username?: string): Promise<string> {
    await mustBeGood(password, username ?? (await this.get(id)).username, '/password');
    return this.passwords.hash(password);
  }

  private keepingAnAdmin<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.alone(async (manager) => {
      const done = await work(manager);
      const left = await manager.existsBy(User, { role: 'admin', disabled: false });
      if (!left) throw new Problem(409, 'This is the last enabled admin: make another one first');
      return done;
    });
  }

  /**
   * The lock makes changes wait for each other: two admins who remove one another at once must not both succeed, nor two
   * who take the same name. A unique index cannot hold names apart whatever their case, since there may be two from before.
   */
  private alone<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('LOCK TABLE devopstic.users IN SHARE ROW EXCLUSIVE MODE');
      return work(manager);
    });
  }
}

async function existing(manager: EntityManager, id: string): Promise<User> {
  const user = await manager.findOneBy(User, { id });
  if (!user) throw unknownUser(id);
  return user;
}

async function mustBeFree(manager: EntityManager, username: string, id?: string): Promise<void> {
  const where = { username: alike(username), ...(id !== undefined && { id: Not(id) }) };
  const other = await manager.findOneBy(User, where);
  if (!other) return;
  const detail = `There is a user ${other.username} already`;
  throw new Problem(409, detail, [{ pointer: '/username', detail }]);
}

function mustChange({ username, role, disabled, password, keys_to }: UserChange): void {
  if ([username, role, disabled, password].every((value) => value === undefined)) {
    throw new Problem(400, 'Nothing to change: give username, role, disabled or password');
  }
  if (keys_to === undefined || disabled === true) return;
  const detail = 'is only for a user who is disabled by the same call';
  throw new Problem(400, 'The request is not valid', [{ pointer: '/keys_to', detail }]);
}

function unknownUser(id: string): Problem {
  return new Problem(404, `There is no user ${id}`);
}
