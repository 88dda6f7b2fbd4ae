import { randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { SERVICE } from '../audit/actor.js';
import { Config } from '../config/config.js';
import { Readiness } from '../health/readiness.js';
import { StartError } from '../start-error.js';
import { faultOf } from './password-rules.js';
import { Passwords } from './passwords.js';
import { keepUserAct } from './user-acts.js';
import { User } from './user.entity.js';
import { alike, meant } from './user-names.js';

export interface FirstCredentials {
  username: string;
  password: string;
}

const NOBODY =
  'The database has no user yet, so nobody could log in: ' +
  'set DEVOPSTIC_USERNAME and DEVOPSTIC_PASSWORD, which define the first admin';

/**
 * Sees to it at start that somebody can log in.
 *
 * DEVOPSTIC_USERNAME and DEVOPSTIC_PASSWORD define an admin. A user of that name who does not exist is created.
 * One who does is given the password, the admin role and is enabled if the variable *changed* since it was last
 * applied (its hash is kept with the user): so an operator who is locked out gets in again by setting a new one,
 * while a password, role or disabling set through the API outlives restarts, and a restart ends nobody's tokens.
 *
 * A password that breaks the rules is refused when it is applied. One that was applied before there were rules stays, with
 * a warning at each start.
 */
@Injectable()
export class FirstAdmin {
  private readonly logger = new Logger(FirstAdmin.name);
  private ensured = false;

  constructor(
    private readonly config: Config,
    private readonly dataSource: DataSource,
    private readonly passwords: Passwords,
    readiness: Readiness,
  ) {
    readiness.add(() => (this.ensured ? null : 'Nobody can log in yet: the start is not done'));
  }

  /**
   * To be called after the migrations; by several replicas at once if need be.
   *
   * @returns the credentials that were made up, for the caller to print once; null if none were needed
   * @throws StartError naming the variables, when nobody could log in
   */
  async ensure(): Promise<FirstCredentials | null> {
    const made = await this.ensureIn();
    this.ensured = true;
    return made;
  }

  private ensureIn(): Promise<FirstCredentials | null> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('LOCK TABLE devopstic.users IN SHARE ROW EXCLUSIVE MODE');
      const { username, password } = this.config;
      if (username !== null && password !== null) {
        await this.define(manager, username, password);
        return null;
      }
      if (await manager.exists(User)) return null;
      return this.makeUp(manager);
    });
  }

  private async define(manager: EntityManager, username: string, password: string): Promise<void> {
    const known = await this.named(manager, username);
    const fault = await faultOf(password, username);
    if (known && (await this.passwords.matches(known.environment_hash, password))) {
      if (fault !== null) this.logger.warn(`DEVOPSTIC_PASSWORD ${fault}. It stays in force: choose another`);
      return;
    }
    if (fault !== null) throw new StartError(`DEVOPSTIC_PASSWORD ${fault}: choose another`);
    if (!known) return this.create(manager, username, password);
    const hash = await this.passwords.hash(password);
    await manager.update(
      User,
      { id: known.id },
      {
        role: 'admin',
        disabled: false,
        password_hash: hash,
        environment_hash: hash,
        token_version: () => 'token_version + 1',
      },
    );
    const details = { from: 'DEVOPSTIC_PASSWORD', role: 'admin', disabled: false };
    await keepUserAct(manager, SERVICE, 'user.password_set', known, details);
  }

  private async named(manager: EntityManager, username: string): Promise<User | null> {
    const users = await manager.find(User, {
      select: { id: true, username: true, environment_hash: true },
      where: { username: alike(username) },
    });
    const user = meant(users, username);
    if (user || users.length === 0) return user;
    const names = users.map((one) => one.username).join(' or ');
    throw new StartError(`DEVOPSTIC_USERNAME is ${username}, which may be ${names}: write it as one of them is`);
  }

  private async makeUp(manager: EntityManager): Promise<FirstCredentials> {
    if (this.config.database !== null) throw new StartError(NOBODY);
    const made = { username: 'admin', password: randomBytes(18).toString('base64url') };
    await this.create(manager, made.username, made.password);
    return made;
  }

  private async create(manager: EntityManager, username: string, password: string): Promise<void> {
    const hash = await this.passwords.hash(password);
    const environment_hash = this.config.password === null ? null : hash;
    const made = await manager.insert(User, { username, role: 'admin', password_hash: hash, environment_hash });
    const { id } = made.identifiers[0] as { id: string };
    await keepUserAct(manager, SERVICE, 'user.created', { id, username }, { role: 'admin' });
  }
}
