import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, MoreThan, QueryFailedError, Repository } from 'typeorm';
import { type Action, keepAct } from '../../audit/act.js';
import { type Actor, nameOf } from '../../audit/actor.js';
import { ShortMemory } from '../../auth/short-memory.js';
import { Problem } from '../../http/problem.js';
import { type ReadDeclaration, readDeclaration } from './declaration.reader.js';
import { HookSignature } from './hook-signature.js';
import { Hook } from './hook.entity.js';
import { HOOKS, HookSource } from './hook.source.js';
import { StaleHook } from './stale-hook.js';

const SAVE = readFileSync(new URL('save-hook.sql', import.meta.url), 'utf8');

/** As in the path of a hook, and in the source of its deliveries. */
export const HOOK_NAME = /^[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?$/;

type SavedHook = Hook & { created: boolean };

/** The hooks that admins have declared. */
@Injectable()
export class Hooks {
  private readonly memory = new ShortMemory((name) => this.lookUp(name));

  constructor(@InjectRepository(Hook) private readonly hooks: Repository<Hook>) {}

  /** By name, those after the given one. */
  list(after: string, limit: number): Promise<Hook[]> {
    return this.hooks.find({ where: { name: MoreThan(after) }, order: { name: 'ASC' }, take: limit });
  }

  /** @throws Problem 404 */
  async show(name: string): Promise<Hook> {
    return (await this.hooks.findOneBy({ name })) ?? unknown(name);
  }

  /** Answers whether it is new. What is saved counts at once in this process, and within three seconds in others. */
  async save(name: string, read: ReadDeclaration, by: Actor): Promise<SavedHook> {
    try {
      return await this.hooks.manager.transaction(async (manager) => {
        const hook = await write(manager, name, read, nameOf(by));
        await keepHookAct(manager, by, name, hook.created ? 'hook.created' : 'hook.changed');
        if (!hook.created && read.secrets) await keepHookAct(manager, by, name, 'hook.secret_rotated');
        return hook;
      });
    } catch (cause) {
      throw isWithoutSecret(cause) ? withoutSecret() : cause;
    } finally {
      this.memory.forget(name);
    }
  }

  /** Its deliveries, and what they told, stay. @throws Problem 404 */
  async remove(name: string, by: Actor): Promise<void> {
    await this.hooks.manager.transaction(async (manager) => {
      const { affected } = await manager.delete(Hook, { name });
      if (affected === 0) unknown(name);
      await keepHookAct(manager, by, name, 'hook.removed');
    });
    this.memory.forget(name);
  }

  /** What reads the deliveries of a hook; null if there is no such hook. */
  sourceOf(name: string): Promise<HookSource | StaleHook | null> {
    return HOOK_NAME.test(name) ? this.memory.get(name) : Promise.resolve(null);
  }

  /** The same by the source that its deliveries have. */
  async sourceNamed(source: string): Promise<HookSource | StaleHook | null> {
    return source.startsWith(HOOKS) ? this.sourceOf(source.slice(HOOKS.length)) : null;
  }

  private async lookUp(name: string): Promise<HookSource | StaleHook | null> {
    const hook = await this.hooks.findOne({
      select: { name: true, declaration: true, secrets: true },
      where: { name },
    });
    if (hook === null) return null;
    const read = readDeclaration(hook.declaration);
    if ('errors' in read) return new StaleHook(hook, read.errors);
    const { signature } = hook.declaration;
    return new HookSource(name, read.mapping, signature ? new HookSignature(signature, hook.secrets) : null);
  }
}

async function write(
  manager: EntityManager,
  name: string,
  { declaration, secrets }: ReadDeclaration,
  by: string,
): Promise<SavedHook> {
  const [hook] = await manager.query<SavedHook[]>(SAVE, [name, JSON.stringify(declaration), secrets, by]);
  if (hook === undefined) throw new Error(`The hook ${name} was not saved`);
  return hook;
}

function keepHookAct(manager: EntityManager, by: Actor, name: string, action: Action): Promise<void> {
  return keepAct(manager, by, { action, object: { kind: 'hook', id: name, name } });
}

export function unknown(name: string): never {
  throw new Problem(404, `There is no hook ${name}`);
}

function isWithoutSecret(cause: unknown): boolean {
  const { constraint } = cause instanceof QueryFailedError ? (cause.driverError as { constraint?: string }) : {};
  return constraint === 'hooks_secrets_check';
}

function withoutSecret(): Problem {
  const detail = 'is required: none is kept of this hook';
  return new Problem(400, 'The declaration is not valid', [{ pointer: '/signature/secrets', detail }]);
}
