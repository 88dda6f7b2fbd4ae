import { ApiProperty } from '@nestjs/swagger';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { noneBut, oneOf } from '../database/closed-sets.js';

export const STATUSES = ['in_progress', 'success', 'failure', 'canceled'] as const;
const FAILURE_REASONS = ['status', 'incident', 'rollback'] as const;

const SHA = '6dcb09b5b57875f334f61aebed695e2e4193db5e';
const time = (description: string, example: string) => ({
  type: 'string' as const,
  format: 'date-time',
  nullable: true,
  description,
  example,
});

/** One attempt to put commits into an environment: what its events told, and what follows from its neighbours. */
@Entity({ schema: 'devopstic', name: 'deployments' })
@Check('deployments_status_check', oneOf('status', STATUSES))
@Check('deployments_failed_by_check', noneBut('failed_by', FAILURE_REASONS))
// Has columns that are only INCLUDEd, which TypeORM cannot say: see the migration.
@Index('deployments_finished_idx', { synchronize: false })
@Index('deployments_unfinished_idx', ['pipeline_id', 'environment', 'started_at', 'deployment_id'], {
  where: 'finished_at IS NULL',
})
@Index('deployments_commit_idx', ['pipeline_id', 'environment', 'commit_id'], { where: 'commit_id IS NOT NULL' })
export class Deployment {
  @ApiProperty({ example: 'acme/shop' })
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'deployments_pkey' })
  pipeline_id!: string;

  @ApiProperty({ example: 'production' })
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'deployments_pkey' })
  environment!: string;

  @ApiProperty({ description: 'Unique within its pipeline and environment', example: '4711' })
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'deployments_pkey' })
  deployment_id!: string;

  @Column('timestamptz', { nullable: true })
  success_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  failure_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  canceled_at!: Date | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'Its first event',
    example: '2026-03-02T10:25:00.000Z',
  })
  @Column('timestamptz')
  started_at!: Date;

  @Column({ type: 'text', collation: 'C' })
  first_event_id!: string;

  @ApiProperty({ description: 'The commit of its first event', example: SHA })
  @Column({ type: 'text', collation: 'C' })
  commit_id!: string;

  @ApiProperty({ type: [String], description: 'All commits that its events name', example: [SHA] })
  @Column({ type: 'text', collation: 'C', array: true })
  commits!: string[];

  @Column('boolean', { default: false })
  flagged_rollback!: boolean;

  @Column('boolean', { default: false })
  flagged_rework!: boolean;

  @ApiProperty({
    type: 'string',
    format: 'uri',
    nullable: true,
    description: 'Where a person can look it up',
    example: 'https://ci.example.com/runs/4711',
  })
  @Column({ type: 'text', collation: 'C', nullable: true })
  url!: string | null;

  @ApiProperty({ enum: STATUSES, example: 'success' })
  @Column('text')
  status!: (typeof STATUSES)[number];

  @ApiProperty(time('The first event of its status; null in progress', '2026-03-02T10:30:00.000Z'))
  @Column('timestamptz', { nullable: true })
  finished_at!: Date | null;

  @ApiProperty({ description: 'It took a change back', example: false })
  @Column('boolean', { default: false })
  rollback!: boolean;

  @ApiProperty({ description: 'Unplanned: a hotfix or a rollback', example: false })
  @Column('boolean', { default: false })
  rework!: boolean;

  @ApiProperty({
    enum: FAILURE_REASONS,
    isArray: true,
    description:
      'Why it counts as failed: its status, an incident it caused, a rollback that replaced it; empty: it does not',
    example: ['incident'],
  })
  @Column('text', { array: true, default: '{}' })
  failed_by!: (typeof FAILURE_REASONS)[number][];

  @ApiProperty(
    time(
      'When a failed deployment was recovered from; null: not yet, or nothing to recover',
      '2026-03-02T14:35:00.000Z',
    ),
  )
  @Column('timestamptz', { nullable: true })
  recovered_at!: Date | null;

  @ApiProperty({
    type: 'number',
    nullable: true,
    minimum: 0,
    description: 'Seconds from the end of a failed deployment to its recovery; null if there is none',
    example: 14700,
  })
  @Column('double precision', { nullable: true })
  recovery_seconds!: number | null;
}
