import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan, type EntityManager, type Repository } from 'typeorm';
import { Problem } from '../http/problem.js';
import type { ApiKey } from './api-key.entity.js';
import { ApiKeys } from './api-keys.js';
import { settleKeys } from './key-owners.js';
import { Passwords } from './passwords.js';
import type { NewUser, UserChange } from './user.body.js';
import { UserMemory } from './user-memory.js';
import { User } from './user.entity.js';
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
    const user = await this.users.findOneBy({ username });
    if (!user) throw unknownUser(username);
    return user;
  }

  /** @throws Problem 409 if the name is taken */
  async create({ username, password, role }: NewUser): Promise<User> {
    const password_hash = await this.passwords.hash(password);
    const [created] = await this.dataSource.query<User[]>(
      `INSERT INTO devopstic.users (username, role, password_hash)
       VALUES ($1, $2, $3)
       ON CONFLICT (username) DO NOTHING
       RETURNING id, username, role, disabled, created_at`,
      [username, role, password_hash],
    );
    if (!created) {
      const detail = `There is a user ${username} already`;
      throw new Problem(409, detail, [{ pointer: '/username', detail }]);
    }
    return created;
  }

  /**
   * Disabling ends the user's keys, or hands them to `keys_to`.
   *
   * @throws Problem 400 if nothing is to be changed or `keys_to` is wrong, 404, or 409 if no enabled admin would be left
   */
  async change(id: string, change: UserChange): Promise<ChangedUser> {
    const { role, disabled, password, keys_to } = change;
    mustChange(change);
    const password_hash = password === undefined ? undefined : await this.passwords.hash(password);
    const ends = password !== undefined || disabled === true;
    const keys = await this.keepingAnAdmin(async (manager) => {
      const patch = { role, disabled, password_hash, ...(ends ? END_TOKENS : {}) };
      const { affected } = await manager.update(User, { id }, patch);
      if (affected === 0) throw unknownUser(id);
      return disabled === true ? settleKeys(manager, id, keys_to) : undefined;
    });
    this.memory.forget(id);
    this.keys.forget(keys ?? []);
    return Object.assign(await this.get(id), keys && { keys });
  }

  /**
   * Sets the password of a user whose old one was just proven, which ends the tokens issued before.
   *
   * @returns the user's new generation, for a token that goes on
   * @throws Problem 409 if the user was changed by somebody else since the proof
   */
  async changeOwnPassword(proven: User, password: string): Promise<Pick<User, 'id' | 'token_version'>> {
    const { id, token_version } = proven;
    const password_hash = await this.passwords.hash(password);
    const { affected } = await this.users.update({ id, token_version }, { password_hash, ...END_TOKENS });
    if (affected === 0) throw new Problem(409, 'Your account was changed meanwhile, log in again');
    this.memory.forget(id);
    return { id, token_version: token_version + 1 };
  }

  /**
   * @returns the user's keys, which have ended or belong to `keys_to` now
   * @throws Problem 400 if `keys_to` is wrong, 404, or 409 if no enabled admin would be left
   */
  async remove(id: string, keys_to?: string): Promise<ApiKey[]> {
    const keys = await this.keepingAnAdmin(async (manager) => {
      const { affected } = await manager.delete(User, { id });
      if (affected === 0) throw unknownUser(id);
      return settleKeys(manager, id, keys_to);
    });
    this.memory.forget(id);
    this.keys.forget(keys);
    return keys;
  }

  /**
   * The lock makes such changes wait for each other: two admins who remove one another at once must not both
   * succeed.
   */
  private keepingAnAdmin<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('LOCK TABLE devopstic.users IN SHARE ROW EXCLUSIVE MODE');
      const done = await work(manager);
      const left = await manager.existsBy(User, { role: 'admin', disabled: false });
      if (!left) throw new Problem(409, 'This is the last enabled admin: make another one first');
      return done;
    });
  }
}

function mustChange({ role, disabled, password, keys_to }: UserChange): void {
  if (role === undefined && disabled === undefined && password === undefined) {
    throw new Problem(400, 'Nothing to change: give role, disabled or password');
  }
  if (keys_to === undefined || disabled === true) return;
  const detail = 'is only for a user who is disabled by the same call';
  throw new Problem(400, 'The request is not valid', [{ pointer: '/keys_to', detail }]);
}

function unknownUser(id: string): Problem {
  return new Problem(404, `There is no user ${id}`);
}
