import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import type { Actor } from '../audit/actor.js';
import { Problem } from '../http/problem.js';
import type { NewApiKey } from './api-key.body.js';
import { ApiKey, SCOPE_MAY } from './api-key.entity.js';
import type { CreatedApiKey } from './api-key.view.js';
import type { Caller } from './caller.js';
import { keepKeyAct, mustBeEnabled, ownerFor } from './key-owners.js';
import { LastUses } from './last-uses.js';
import { ShortMemory } from './short-memory.js';

export const KEY_MARK = 'dvo_';
const SECRET = /^dvo_[A-Za-z0-9_-]{51}$/;
const PREFIX_LENGTH = KEY_MARK.length + 8;

interface Known {
  hash: Buffer;
  expires_at: Date | null;
  caller: Caller;
}

/** Keys for machines: `dvo_`, 8 characters to find the row by, 43 (256 bits) that are the secret proper. */
@Injectable()
export class ApiKeys {
  private readonly memory = new ShortMemory((prefix) => this.lookUp(prefix));

  constructor(
    @InjectRepository(ApiKey) private readonly keys: Repository<ApiKey>,
    private readonly uses: LastUses,
  ) {}

  /**
   * Who calls with this secret; null if it is unknown, expired or revoked. Revoking counts at once in this process
   * and within three seconds in others. What the caller may do is for the caller of this function to ask (`may`,
   * `mayWrite`).
   */
  async callerOf(secret: string): Promise<Caller | null> {
    if (!SECRET.test(secret)) return null;
    const known = await this.memory.get(secret.slice(0, PREFIX_LENGTH));
    if (!known || !timingSafeEqual(known.hash, sha256(secret))) return null;
    if (known.expires_at && known.expires_at.getTime() <= Date.now()) return null;
    this.uses.note('api_keys', known.caller.id);
    return known.caller;
  }

  /** Newest first, those after the given one. */
  list(after: Pick<ApiKey, 'created_at' | 'id'> | null, limit: number): Promise<ApiKey[]> {
    const query = this.keys.createQueryBuilder('key').orderBy({ 'key.created_at': 'DESC', 'key.id': 'DESC' });
    if (after) query.where('(key.created_at, key.id) < (:created_at, :id)', { ...after });
    return query.limit(limit).getMany();
  }

  /** The only time that the secret is known. @throws Problem 400, or 401 if the creator has ended meanwhile */
  async create(body: NewApiKey, creator: Caller, by: Actor): Promise<CreatedApiKey> {
    const { name, scopes, pipelines = null, expires_at = null } = body;
    if (scopes.includes('admin') && pipelines) {
      throw invalid('/pipelines', 'must not be given with the scope admin, which cannot be limited');
    }
    const secret = KEY_MARK + randomBytes(38).toString('base64url');
    const until = expires_at === null ? null : future(expires_at);
    const fields = {
      name,
      scopes,
      pipelines,
      expires_at: until,
      prefix: secret.slice(0, PREFIX_LENGTH),
      hash: sha256(secret),
      created_by: creator.name,
    };
    return this.keys.manager.transaction(async (manager) => {
      const { id } = await manager.save(ApiKey, { ...fields, owner_id: await ownerFor(creator, manager) });
      await keepKeyAct(manager, by, 'key.created', { id, name }, { scopes, pipelines, expires_at: until });
      return Object.assign(await manager.findOneByOrFail(ApiKey, { id }), { secret });
    });
  }

  /** @throws Problem 404, 409 if it is revoked, or 400 if there is no such enabled user */
  giveTo(owner_id: string, id: string, by: Actor): Promise<ApiKey> {
    return this.keys.manager.transaction(async (manager) => {
      await mustBeEnabled(manager, owner_id, '/owner_id');
      const { affected } = await manager.update(ApiKey, { id, revoked_at: IsNull() }, { owner_id });
      const key = await manager.findOneBy(ApiKey, { id });
      if (!key) throw unknownKey(id);
      if (affected === 0) throw new Problem(409, `The key ${id} is revoked, so nobody has to answer for it`);
      await keepKeyAct(manager, by, 'key.handed_over', key, { owner_id });
      return key;
    });
  }

  /** Revoking twice keeps the first time. @throws Problem 404 */
  async revoke(id: string, by: Actor): Promise<void> {
    const key = await this.keys.manager.transaction(async (manager) => {
      const { affected } = await manager.update(ApiKey, { id, revoked_at: IsNull() }, { revoked_at: () => 'now()' });
      const found = await manager.findOneBy(ApiKey, { id });
      if (!found) throw unknownKey(id);
      if (affected !== 0) await keepKeyAct(manager, by, 'key.revoked', found);
      return found;
    });
    this.forget([key]);
  }

  /** To be called after every committed end of keys. */
  forget(keys: readonly Pick<ApiKey, 'prefix'>[]): void {
    for (const { prefix } of keys) this.memory.forget(prefix);
  }

  private async lookUp(prefix: string): Promise<Known | null> {
    const key = await this.keys.findOne({
      select: { id: true, name: true, hash: true, scopes: true, pipelines: true, expires_at: true },
      where: { prefix, revoked_at: IsNull() },
    });
    if (!key) return null;
    const { id, name, hash, expires_at } = key;
    const may = new Set(key.scopes.flatMap((scope) => SCOPE_MAY[scope]));
    const pipelines = key.pipelines && new Set(key.pipelines);
    return { hash, expires_at, caller: { kind: 'key', id, name, may, pipelines } };
  }
}

function unknownKey(id: string): Problem {
  return new Problem(404, `There is no API key ${id}`);
}

function sha256(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Well-formed is not yet possible: of 31 February, Date makes 3 March; of a leap second, nothing. */
function future(expires_at: string): Date {
  const at = new Date(expires_at);
  const day = expires_at.slice(0, 10);
  const exists = !Number.isNaN(at.getTime()) && new Date(day).toISOString().startsWith(day);
  if (!exists || at.getTime() <= Date.now()) throw invalid('/expires_at', 'must be a time in the future');
  return at;
}

function invalid(pointer: string, detail: string): Problem {
  return new Problem(400, 'The request is not valid', [{ pointer, detail }]);
}
