import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../database/closed-sets.js';

const MEASURES = ['total', 'review', 'deployment', 'commit_to_deploy', 'recovery', 'restore'] as const;

/** A new object each time: TypeORM writes into it. */
const key = () => ({ primaryKeyConstraintName: 'daily_durations_pkey' });

/** The durations that ended on a day in an environment, in all pipelines together, without those of bots. */
@Entity({ schema: 'devopstic', name: 'daily_durations' })
@Check('daily_durations_measure_check', oneOf('measure', MEASURES))
export class DailyDurations {
  @PrimaryColumn('text', key())
  time_zone!: string;

  @PrimaryColumn('text', key())
  measure!: (typeof MEASURES)[number];

  @PrimaryColumn('timestamptz', key())
  day_start!: Date;

  @PrimaryColumn('text', { collation: 'C', ...key() })
  environment!: string;

  @Column('integer')
  count!: number;

  /** In seconds, as are the next two. */
  @Column('double precision')
  sum!: number;

  @Column('double precision')
  median!: number;

  @Column('double precision')
  p90!: number;

  /** The bins that hold any, in order: see duration_bin in ../sql/rolled-durations.sql. */
  @Column('smallint', { array: true })
  bins!: number[];

  /** How many each of them holds. */
  @Column('integer', { array: true })
  bin_counts!: number[];
}
