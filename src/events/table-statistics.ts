import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';

const TABLES = [
  'events',
  'commits',
  'pull_requests',
  'pushes',
  'environments',
  'deployments',
  'commit_carriers',
  'deployment_changes',
  'waiting_for_production',
  'incidents',
].map((table) => `devopstic.${table}`);

/** Events after which a young database is analysed again; from the last on autovacuum is quick enough. */
const MILESTONES = [200, 1_000, 5_000, 20_000, 100_000];

/**
 * Tells the planner early how the tables fill, for whoever reads them: autovacuum looks once a minute, and a page is opened
 * right after a first import. What writes does not depend on it (ADR 0005).
 */
@Injectable()
export class TableStatistics {
  private readonly logger = new Logger(TableStatistics.name);
  private recorded = 0;

  constructor(@InjectDataSource('work') private readonly dataSource: DataSource) {}

  /** Takes note of recorded events; analyses, beside the next batches, when a milestone is passed. */
  noteRecorded(events: number): void {
    const before = this.recorded;
    this.recorded += events;
    if (MILESTONES.some((milestone) => before < milestone && this.recorded >= milestone)) void this.analyze();
  }

  private async analyze(): Promise<void> {
    try {
      await this.dataSource.query(`ANALYZE ${TABLES.join(', ')}`);
    } catch (error) {
      // Nothing depends on it but speed, and autovacuum will come.
      this.logger.warn(`statistics were not taken: ${String(error)}`);
    }
  }
}
