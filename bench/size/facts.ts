import { readFileSync } from 'node:fs';
import type { Client } from 'pg';
import type { DatabaseConfig } from '../../src/config/config.js';
import type { Bench } from '../bench.js';
import { connect } from '../database.js';
import { checkByRebuild } from './check.js';
import { type Clone, cloneFacts, cloneOf, FACTS, sum } from './clones.js';
import { withoutIndexes } from './indexes.js';
import { rollUpAll } from './rollups.js';
import { moreOf, type Template } from './spread.js';
import { recordTemplates } from './templates.js';

const SQL = readFileSync(new URL('./clones.sql', import.meta.url), 'utf8');

/**
 * A database with the facts of very many deployments. To derive them all from events would take hours, so the events of
 * some templates are recorded as the service records them, and the rows derived from these are cloned (clones.sql).
 * Events of clones are stored only of a few, which are rebuilt to prove that their rows are what events would give: this
 * database is to be read, and neither rebuilt nor written to.
 */
export class FactsAtSize {
  private readonly clones: Clone[] = [];

  private constructor(
    readonly database: DatabaseConfig,
    readonly templates: readonly Template[],
    private client: Client,
    private readonly bench: Bench,
  ) {}

  /** With the templates alone, up to `end`. `least`: how many deployments it is to have at first. */
  static async make(bench: Bench, least: number, end: Date): Promise<FactsAtSize> {
    const database = await bench.databases.make();
    const client = await writer(database);
    const templates = await recordTemplates(client, least, end, bench.tell);
    await client.query(SQL);
    for (const table of ['events', ...Object.keys(FACTS)]) await client.query('SELECT bench.prepare($1)', [table]);
    return new FactsAtSize(database, templates, client, bench);
  }

  get deployments(): number {
    return sum(this.clones) + this.templates.reduce((all, { deployments }) => all + deployments, 0);
  }

  get pipelines(): number {
    return this.templates.length + this.clones.length;
  }

  /** Adds pipelines until there are so many deployments, or a few less; those that are there stay as they are. */
  async growTo(deployments: number): Promise<void> {
    const added = [...moreOf(this.templates, deployments - this.deployments)].map((template, index) =>
      cloneOf(template, this.clones.length + index + 1),
    );
    await withoutIndexes(this.client, Object.keys(FACTS), this.bench.tell, () =>
      cloneFacts(this.client, added, this.bench.tell),
    );
    this.clones.push(...added);
    this.bench.tell('rebuilding some clones from events');
    await checkByRebuild(this.database, this.client, added);
    this.bench.tell('rolling up');
    await rollUpAll(this.database, this.client);
    this.bench.tell('VACUUM');
    await this.client.query('VACUUM ANALYZE');
  }

  /** The same as it is now, in a database of its own, which does not grow along. */
  async copy(): Promise<DatabaseConfig> {
    await this.client.end();
    const copy = await this.bench.databases.make(this.database);
    this.client = await writer(this.database);
    return copy;
  }

  /** A pipeline with as many deployments as a template, which is there whatever the size. */
  like(template: Template | undefined): string {
    const clone = this.clones.find((one) => one.template === template);
    if (!clone) throw new Error('There are too few deployments for a pipeline of each size');
    return clone.pipeline_id;
  }

  async drop(): Promise<void> {
    await this.client.end();
    await this.bench.databases.drop(this.database);
  }
}

async function writer(database: DatabaseConfig): Promise<Client> {
  const client = await connect(database);
  // What was counted of days before is counted anew after the rows are there.
  await client.query(
    `SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'`,
  );
  return client;
}
