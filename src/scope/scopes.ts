import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, LessThan } from 'typeorm';
import { keepAct } from '../audit/act.js';
import { type Actor, nameOf } from '../audit/actor.js';
import { ShortMemory } from '../auth/short-memory.js';
import { Config } from '../config/config.js';
import { type Overrides, OVERRIDING, projectionSettings } from '../database/projection-settings.js';
import { lockSettings, settle } from '../database/settings.js';
import { faultOfExpression } from '../database/regular-expression.js';
import { Problem } from '../http/problem.js';
import { NO_RULES } from './no-rules.js';
import type { ScopeRules } from './scope-rules.js';
import { ScopeVersion } from './scope-version.entity.js';
import type { NewScope } from './scope.body.js';
import type { ScopeInForce } from './scope.view.js';

const IN_FORCE = 'in force';

/** The scope rules, and their versions. A change counts at once in this process and within three seconds in others. */
@Injectable()
export class Scopes {
  private readonly memory = new ShortMemory(() => readInForce(this.dataSource.manager));

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
  ) {}

  inForce(): Promise<ScopeInForce> {
    return this.memory.get(IN_FORCE);
  }

  /** Newest first, those before the given one. */
  async versions(before: number | null, limit: number): Promise<ScopeVersion[]> {
    const where = before === null ? {} : { version: LessThan(before) };
    const rows = await this.dataSource.manager.find(ScopeVersion, { where, order: { version: 'DESC' }, take: limit });
    return rows.map((row) => Object.assign(row, { rules: whole(row.rules) }));
  }

  /**
   * The rules become these. If that is what they are already, there is no new version: so a request may be sent again.
   * Settings that shape rows change in the same transaction, which makes a rebuild due.
   *
   * @throws Problem 400 for an expression that Postgres cannot read, 409 if another version is in force
   */
  async change({ version, note = null, rules }: NewScope, by: Actor): Promise<ScopeInForce> {
    for (const name of OVERRIDING) await this.checkExpression(name, rules[name]);
    const plain = JSON.parse(JSON.stringify(rules)) as ScopeRules;
    const changed = await this.dataSource.transaction(async (manager) => {
      await lockSettings(manager);
      const before = await readInForce(manager);
      if (isDeepStrictEqual(before.rules, plain)) return before;
      if (version !== undefined && version !== before.version) throw conflict(version, before.version);
      const after = { version: before.version + 1, rules: plain };
      await manager.insert(ScopeVersion, { ...after, note, created_by: nameOf(by) });
      await keepAct(manager, by, {
        action: 'rules.changed',
        object: { kind: 'rules', id: String(after.version) },
        details: { changed: namesOfChanged(before.rules, plain) },
      });
      await settle(manager, this.settingsChanged(before.rules, plain));
      return after;
    });
    this.memory.forget(IN_FORCE);
    return changed;
  }

  /** No others: this replica may have been started with other variables than the one that started last. */
  private settingsChanged(before: Overrides, after: Overrides): Record<string, string> {
    const settings = projectionSettings(this.config, after);
    return Object.fromEntries(
      OVERRIDING.filter((name) => before[name] !== after[name]).map((name) => [name, settings[name]]),
    );
  }

  private async checkExpression(name: (typeof OVERRIDING)[number], expression: string | null): Promise<void> {
    // Without a rule the variable counts, which a rule has stood before until now.
    const fault = await faultOfExpression(this.dataSource, expression ?? this.config[name]);
    if (fault === null) return;
    const what = expression === null ? `null leaves it to DEVOPSTIC_${name.toUpperCase()}, which ` : '';
    const detail = `${what}must be a regular expression as PostgreSQL reads it: ${fault}`;
    throw new Problem(400, 'The request is not valid', [{ pointer: `/rules/${name}`, detail }]);
  }
}

function namesOfChanged(before: ScopeRules, after: ScopeRules): string[] {
  const names = Object.keys(after) as (keyof ScopeRules)[];
  return names.filter((name) => !isDeepStrictEqual(before[name], after[name])).toSorted();
}

async function readInForce(manager: EntityManager): Promise<ScopeInForce> {
  const [latest] = await manager.find(ScopeVersion, { order: { version: 'DESC' }, take: 1 });
  return { version: latest?.version ?? 0, rules: whole(latest?.rules ?? {}) };
}

/** What was stored before there was a kind of rules has it as if nobody had said anything. */
function whole(stored: Partial<ScopeRules>): ScopeRules {
  return { ...NO_RULES, ...stored };
}

function conflict(wanted: number, version: number): Problem {
  const detail = `is ${wanted}, but version ${version} is in force by now: read it with GET /scope, and change that`;
  return new Problem(409, 'Somebody else has changed the rules', [{ pointer: '/version', detail }]);
}
