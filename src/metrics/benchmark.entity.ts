import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** One level of one metric in a named benchmark. Read by SQL: see sql/levels.sql. */
@Entity({ schema: 'devopstic', name: 'benchmarks' })
@Check('benchmarks_metric_check', `metric IN ('deployment_frequency', 'lead_time', 'recovery', 'change_failure_rate')`)
@Check('benchmarks_level_check', `level IN ('elite', 'high', 'medium', 'low')`)
@Check('benchmarks_comparison_check', `comparison IN ('<', '<=', '>=')`)
@Check('benchmarks_bound_check', `(comparison IS NULL) = (bound IS NULL)`)
export class Benchmark {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'benchmarks_pkey' })
  name!: string;

  /** `recovery` is of both time to restore and failed deployment recovery time. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'benchmarks_pkey' })
  metric!: string;

  /** The best level is 1; the first one whose bound is kept is the value's. */
  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'benchmarks_pkey' })
  rank!: number;

  @Column('text')
  level!: string;

  /** How the value compares to the bound; null: the level of all that reach no better one. */
  @Column('text', { nullable: true })
  comparison!: '<' | '<=' | '>=' | null;

  /** Deployments a day, seconds, or a share of 1. */
  @Column('double precision', { nullable: true })
  bound!: number | null;

  /** Where the bounds come from. */
  @Column('text')
  source!: string;

  @Column('smallint')
  year!: number;
}
