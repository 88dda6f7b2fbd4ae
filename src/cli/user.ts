import { Passwords } from '../auth/passwords.js';
import { NewUser, UserChange } from '../auth/user.body.js';
import { User, type Role } from '../auth/user.entity.js';
import { UserMemory } from '../auth/user-memory.js';
import { Users } from '../auth/users.js';
import { Config } from '../config/config.js';
import { withMigratedDatabase } from '../database/with-database.js';
import { answer, table } from './answer.js';
import { newPassword } from './new-password.js';
import type { Json } from './json-option.js';
import { checked, inOwnWords } from './own-words.js';

const PAGE = 1000;

export interface ChangePassword extends Json {
  passwordStdin?: true;
}

export interface AddUser extends ChangePassword {
  role: Role;
}

export async function addUser(username: string, options: AddUser): Promise<void> {
  const password = await newPassword(options.passwordStdin);
  const user = await withUsers(async (users) =>
    users.create(await checked(NewUser, { username, password, role: options.role })),
  );
  answer(options, user, `${user.username} may log in, as ${user.role}.`);
}

export async function listUsers(options: Json): Promise<void> {
  const items = await withUsers(all);
  const rows = items.map(({ username, role, disabled, created_at }) => [
    username,
    role,
    disabled ? 'disabled' : 'enabled',
    created_at.toISOString(),
  ]);
  answer(options, { items }, table([['NAME', 'ROLE', 'STATE', 'CREATED'], ...rows]));
}

export async function disableUser(username: string, options: Json): Promise<void> {
  const user = await change(username, { disabled: true });
  answer(options, user, `${username} is disabled; the tokens issued before have ended.`);
}

export async function enableUser(username: string, options: Json): Promise<void> {
  const user = await change(username, { disabled: false });
  answer(options, user, `${username} may log in again.`);
}

export async function setPassword(username: string, options: ChangePassword): Promise<void> {
  const user = await change(username, { password: await newPassword(options.passwordStdin) });
  answer(options, user, `${username} has the new password; the tokens issued before have ended.`);
}

function change(username: string, body: UserChange): Promise<User> {
  return withUsers(async (users) => {
    const valid = await checked(UserChange, body);
    const { id } = await users.named(username);
    return users.change(id, valid);
  });
}

async function all(users: Users): Promise<User[]> {
  const found: User[] = [];
  for (;;) {
    const page = await users.list(found.at(-1)?.username ?? '', PAGE);
    found.push(...page);
    if (page.length < PAGE) return found;
  }
}

function withUsers<T>(use: (users: Users) => Promise<T>): Promise<T> {
  return inOwnWords(() =>
    withMigratedDatabase(new Config(), (dataSource) => {
      const repository = dataSource.getRepository(User);
      return use(new Users(repository, dataSource, new Passwords(), new UserMemory(repository)));
    }),
  );
}
