import { isUUID } from 'class-validator';
import { commandLine } from '../audit/actor.js';
import { NewApiKey } from '../auth/api-key.body.js';
import type { ApiKey, Scope } from '../auth/api-key.entity.js';
import type { ApiKeys } from '../auth/api-keys.js';
import { COMMAND } from '../client/local-key.js';
import { StartError } from '../start-error.js';
import { withAccess } from './access.js';
import { answer, table } from './answer.js';
import type { Json } from './json-option.js';
import { checked } from './own-words.js';

const PAGE = 1000;
const HEADING = ['ID', 'NAME', 'BEGINS', 'SCOPES', 'PIPELINES', 'LAST USED', 'STATE'];

export interface CreateKey extends Json {
  scope: Scope[];
  pipeline?: string[];
  expires?: string;
}

export async function createKey(name: string, options: CreateKey): Promise<void> {
  const { scope: scopes, pipeline, expires } = options;
  const key = await withAccess(async ({ keys }) => {
    const body = { name, scopes, pipelines: pipeline ?? null, expires_at: expires ?? null };
    return keys.create(await checked(NewApiKey, body), COMMAND, commandLine());
  });
  answer(options, key, key.secret);
  console.error(`This is the key ${key.name}, shown only now: keep it where the sender finds it.`);
}

export async function listKeys(options: Json): Promise<void> {
  const items = await withAccess(({ keys }) => all(keys));
  answer(options, { items }, table([HEADING, ...items.map(row)]));
}

export async function giveKey(id: string, username: string, options: Json): Promise<void> {
  mustBeId(id);
  const key = await withAccess(async ({ keys, users }) =>
    keys.giveTo((await users.named(username)).id, id, commandLine()),
  );
  answer(options, key, `The key ${key.name} (${key.prefix}…) belongs to ${username} now.`);
}

export async function revokeKey(id: string, options: Json): Promise<void> {
  mustBeId(id);
  await withAccess(({ keys }) => keys.revoke(id, commandLine()));
  answer(options, { id, revoked: true }, `The key ${id} is revoked.`);
}

function mustBeId(id: string): void {
  if (!isUUID(id)) throw new StartError(`${id} is not the id of a key: devopstic key list shows them`);
}

function row({ id, name, prefix, scopes, pipelines, last_used_at, expires_at, revoked_at }: ApiKey): string[] {
  return [
    id,
    name,
    prefix,
    scopes.join(','),
    pipelines?.join(',') ?? 'all',
    last_used_at?.toISOString() ?? 'never',
    stateOf(expires_at, revoked_at),
  ];
}

function stateOf(expires_at: Date | null, revoked_at: Date | null): string {
  if (revoked_at !== null) return `revoked ${revoked_at.toISOString()}`;
  if (expires_at === null) return 'valid';
  return `${expires_at.getTime() > Date.now() ? 'valid until' : 'expired'} ${expires_at.toISOString()}`;
}

async function all(keys: ApiKeys): Promise<ApiKey[]> {
  const found: ApiKey[] = [];
  for (;;) {
    const page = await keys.list(found.at(-1) ?? null, PAGE);
    found.push(...page);
    if (page.length < PAGE) return found;
  }
}
