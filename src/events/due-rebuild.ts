import { Injectable, Logger, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type QueryRunner } from 'typeorm';
import { Rebuild } from './rebuild.js';

/** Held while rebuilding, so that of several replicas one does it. */
const LOCK = 4_613_726_511;

/**
 * After a change of a setting that derived rows depend on (or of the projection itself), derives them again while the
 * service runs. Due until it is done: a process that ends in between leaves it to the next one.
 */
@Injectable()
export class DueRebuild implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DueRebuild.name);
  private running: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly rebuild: Rebuild,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run().catch((error: unknown) => this.logger.error(`The rebuild failed: ${String(error)}`));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async run(): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const [lock] = await query<{ locked: boolean }>(runner, `SELECT pg_try_advisory_lock(${LOCK}) AS locked`);
      if (!lock?.locked) return;
      await this.rebuildIfDue(runner);
      await query(runner, `SELECT pg_advisory_unlock(${LOCK})`);
    } finally {
      await runner.release();
    }
  }

  private async rebuildIfDue(runner: QueryRunner): Promise<void> {
    const [due] = await query<{ value: string[] }>(
      runner,
      `SELECT value FROM devopstic.settings WHERE name = 'rebuild_due'`,
    );
    if (!due) return;
    this.logger.log(`Deriving all rows again, because of a change of ${due.value.join(', ')}`);
    let differing = 0;
    for await (const rebuilt of this.rebuild.all()) {
      if (Object.keys(rebuilt.differing).length > 0) differing++;
      if (this.stopping) return;
    }
    await query(runner, `DELETE FROM devopstic.settings WHERE name = 'rebuild_due'`);
    this.logger.log(`All rows are derived again; ${differing} pipelines had rows that differed`);
  }
}

async function query<T>(runner: QueryRunner, sql: string): Promise<T[]> {
  return (await runner.query(sql)) as T[];
}
