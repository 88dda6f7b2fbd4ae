import { commandLine } from '../audit/actor.js';
import type { ApiKey } from '../auth/api-key.entity.js';
import { NewUser, UserChange } from '../auth/user.body.js';
import type { Role, User } from '../auth/user.entity.js';
import type { ChangedUser } from '../auth/user.view.js';
import type { Users } from '../auth/users.js';
import { withAccess } from './access.js';
import { answer, table } from './answer.js';
import { newPassword } from './new-password.js';
import type { Json } from './json-option.js';
import { checked } from './own-words.js';

const PAGE = 1000;

export interface ChangePassword extends Json {
  passwordStdin?: true;
}

export interface KeysTo extends Json {
  /** The name of the user to whom the keys go. */
  keysTo?: string;
}

export interface AddUser extends ChangePassword {
  role: Role;
}

export async function addUser(username: string, options: AddUser): Promise<void> {
  const password = await newPassword(options.passwordStdin);
  const user = await withAccess(async ({ users }) =>
    users.create(await checked(NewUser, { username, password, role: options.role }), commandLine()),
  );
  answer(options, user, `${user.username} may log in, as ${user.role}.`);
}

export async function listUsers(options: Json): Promise<void> {
  const items = await withAccess(({ users }) => all(users));
  const rows = items.map(({ username, role, disabled, created_at }) => [
    username,
    role,
    disabled ? 'disabled' : 'enabled',
    created_at.toISOString(),
  ]);
  answer(options, { items }, table([['NAME', 'ROLE', 'STATE', 'CREATED'], ...rows]));
}

export async function disableUser(username: string, options: KeysTo): Promise<void> {
  const user = await withAccess(async ({ users }) => {
    const { id } = await users.named(username);
    return users.change(id, { disabled: true, ...(await receiver(users, options)) }, commandLine());
  });
  const text = `${username} is disabled; the tokens issued before have ended.`;
  answer(options, user, [text, ...whatBecameOf(user.keys ?? [], options)].join('\n'));
}

export async function deleteUser(username: string, options: KeysTo): Promise<void> {
  const removed = await withAccess(async ({ users }) => {
    const { id } = await users.named(username);
    return { id, keys: await users.remove(id, (await receiver(users, options)).keys_to, commandLine()) };
  });
  const text = `${username} is removed; the tokens issued before have ended.`;
  answer(options, removed, [text, ...whatBecameOf(removed.keys, options)].join('\n'));
}

export async function enableUser(username: string, options: Json): Promise<void> {
  const user = await change(username, { disabled: false });
  answer(options, user, `${username} may log in again.`);
}

export async function renameUser(username: string, name: string, options: Json): Promise<void> {
  const user = await change(username, { username: name });
  answer(options, user, `${username} is ${user.username} now.`);
}

export async function endSessions(username: string, options: Json): Promise<void> {
  const { id } = await withAccess(async ({ users }) => {
    const user = await users.named(username);
    await users.endSessions(user.id, commandLine());
    return user;
  });
  answer(options, { id, ended: true }, `The sessions of ${username} have ended.`);
}

export async function setPassword(username: string, options: ChangePassword): Promise<void> {
  const user = await change(username, { password: await newPassword(options.passwordStdin) });
  answer(options, user, `${username} has the new password; the tokens issued before have ended.`);
}

async function receiver(users: Users, { keysTo }: KeysTo): Promise<{ keys_to?: string }> {
  return keysTo === undefined ? {} : { keys_to: (await users.named(keysTo)).id };
}

function whatBecameOf(keys: readonly ApiKey[], { keysTo }: KeysTo): string[] {
  const became = keysTo === undefined ? 'has ended' : `belongs to ${keysTo} now`;
  return keys.map(({ name, prefix }) => `The key ${name} (${prefix}…) ${became}.`);
}

function change(username: string, body: UserChange): Promise<ChangedUser> {
  return withAccess(async ({ users }) => {
    const valid = await checked(UserChange, body);
    const { id } = await users.named(username);
    return users.change(id, valid, commandLine());
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
