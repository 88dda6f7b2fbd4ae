import { randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull, Not } from 'typeorm';
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

type Applied = Pick<User, 'id' | 'username' | 'environment_hash'>;

const APPLIED = { id: true, username: true, environment_hash: true } as const;

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
 * If it was last applied to a user who has another name by now, nobody is made: a warning says whose it is.
 *
 * A password that breaks the rules is not applied, and ends the start where nobody else could log in as an admin. One that was
 * applied before there were rules stays. Both with a warning at each start.
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
    const applied = await this.appliedTo(manager, known, password);
    if (applied !== null) {
      if (applied.id !== known?.id) this.logger.warn(isOf(applied, username));
      if (fault !== null) this.logger.warn(`DEVOPSTIC_PASSWORD ${fault}. It stays in force: choose another`);
      return;
    }
    if (fault !== null) return this.refuse(manager, known, fault);
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

  /**
   * To whom the password was applied before, if to anybody. Who is named by the variable may have another name by now: to make
   * or promote another of the old name would give out an admin that nobody asked for.
   */
  private async appliedTo(manager: EntityManager, known: Applied | null, password: string): Promise<Applied | null> {
    const own = known !== null && known.environment_hash !== null;
    const users = own
      ? [known]
      : await manager.find(User, { select: APPLIED, where: { environment_hash: Not(IsNull()) } });
    for (const user of users) {
      if (await this.passwords.matches(user.environment_hash, password)) return user;
    }
    return null;
  }

  /** A service in which somebody else can log in as an admin starts, without applying the password. */
  private async refuse(manager: EntityManager, known: Applied | null, fault: string): Promise<void> {
    const others = { role: 'admin', disabled: false, ...(known && { id: Not(known.id) }) } as const;
    if (!(await manager.existsBy(User, others))) throw new StartError(`DEVOPSTIC_PASSWORD ${fault}: choose another`);
    this.logger.warn(`DEVOPSTIC_PASSWORD ${fault}. It is not applied: choose another`);
  }

  private async named(manager: EntityManager, username: string): Promise<Applied | null> {
    const users = await manager.find(User, { select: APPLIED, where: { username: alike(username) } });
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

function isOf({ username: name }: Applied, username: string): string {
  return (
    `DEVOPSTIC_PASSWORD was applied to the user ${name}, so none is made or changed for DEVOPSTIC_USERNAME=${username}: ` +
    `set DEVOPSTIC_USERNAME to ${name}, or, for another admin, choose another password`
  );
}
