import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A new object each time: TypeORM writes into it. */
const key = () => ({ primaryKeyConstraintName: 'daily_counts_pkey' });

/** What ended on a day in an environment, in all pipelines together. No row: nothing did. */
@Entity({ schema: 'devopstic', name: 'daily_counts' })
export class DailyCounts {
  @PrimaryColumn('text', key())
  time_zone!: string;

  @PrimaryColumn('timestamptz', key())
  day_start!: Date;

  @PrimaryColumn('text', { collation: 'C', ...key() })
  environment!: string;

  @Column('integer')
  deployments!: number;

  @Column('integer')
  successful!: number;

  @Column('integer')
  failed!: number;

  @Column('integer')
  failed_by_status!: number;

  @Column('integer')
  failed_by_incident!: number;

  @Column('integer')
  failed_by_rollback!: number;

  @Column('integer')
  rework!: number;

  /** Counted changes, without those of bots. */
  @Column('integer')
  changes!: number;

  @Column('integer')
  incidents_opened!: number;

  @Column('integer')
  incidents_resolved!: number;
}
