import { ApiProperty } from '@nestjs/swagger';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const SHA = '6dcb09b5b57875f334f61aebed695e2e4193db5e';
const time = (description: string, example: string) => ({
  type: 'string' as const,
  format: 'date-time',
  nullable: true,
  description,
  example,
});

/** A commit: what was told of it (`first_…`, the arrays), what its aliases add (`inherited_…`), what follows from both. */
@Entity({ schema: 'devopstic', name: 'commits' })
@Index('commits_alias_idx', ['pipeline_id', 'alias_of'], { where: 'alias_of IS NOT NULL' })
@Index('commits_committed_idx', ['pipeline_id', 'committed_at', 'commit_id'], { where: 'committed_at IS NOT NULL' })
@Index('commits_untimed_idx', ['pipeline_id', 'commit_id'], { where: 'committed_at IS NULL' })
@Index('commits_outside_idx', ['pipeline_id'], { where: 'outside AND alias_of IS NULL' })
@Index('commits_landed_idx', ['pipeline_id', 'landed_at'], { where: 'landed_at IS NOT NULL' })
export class Commit {
  @ApiProperty({ example: 'acme/shop' })
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'commits_pkey' })
  pipeline_id!: string;

  @ApiProperty({ example: SHA })
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'commits_pkey' })
  commit_id!: string;

  @Column('timestamptz', { nullable: true })
  first_commit_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  first_submit_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  first_landed_at!: Date | null;

  @ApiProperty({ type: [String], description: 'The commits it follows, as far as known', example: [] })
  @Column({ type: 'text', collation: 'C', array: true, default: '{}' })
  parents!: string[];

  @ApiProperty({
    type: 'array',
    items: { type: 'integer' },
    description: 'The pull requests it belongs to',
    example: [42],
  })
  @Column('bigint', { array: true, default: '{}' })
  pull_request_ids!: number[];

  @Column({ type: 'text', collation: 'C', array: true, default: '{}' })
  landed_heads!: string[];

  @Column({ type: 'text', collation: 'C', array: true, default: '{}' })
  authors!: string[];

  @ApiProperty({
    type: 'string',
    format: 'uri',
    nullable: true,
    description: 'Where a person can look it up',
    example: `https://github.com/acme/shop/commit/${SHA}`,
  })
  @Column({ type: 'text', collation: 'C', nullable: true })
  url!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description:
      'The commit that stands for its change (a pull request was merged as another SHA); null: it is a change itself',
    example: null,
  })
  @Column({ type: 'text', collation: 'C', nullable: true })
  alias_of!: string | null;

  @Column('timestamptz', { nullable: true })
  inherited_committed_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  inherited_submit_at!: Date | null;

  @Column('boolean', { default: false })
  inherited_bot!: boolean;

  @ApiProperty(
    time(
      'When it, or the earliest of its aliases, was made; null if only its deployment is known',
      '2026-03-02T08:00:00.000Z',
    ),
  )
  @Column('timestamptz', { nullable: true })
  committed_at!: Date | null;

  @ApiProperty(time('When it was submitted for review; `committed_at` if never', '2026-03-02T09:00:00.000Z'))
  @Column('timestamptz', { nullable: true })
  submitted_at!: Date | null;

  @ApiProperty(time('When it was approved; null if never', '2026-03-02T10:00:00.000Z'))
  @Column('timestamptz', { nullable: true })
  approved_at!: Date | null;

  @ApiProperty(time('When it reached the default branch; null if not, or if it is outside', '2026-03-02T10:00:00.000Z'))
  @Column('timestamptz', { nullable: true })
  landed_at!: Date | null;

  @ApiProperty({ description: 'Made by a bot: left out of lead times unless asked for', example: false })
  @Column('boolean', { default: false })
  bot!: boolean;

  @ApiProperty({ type: [String], description: 'The commits that it takes back', example: [] })
  @Column({ type: 'text', collation: 'C', array: true, default: '{}' })
  reverts!: string[];

  @Column('boolean', { default: false })
  told_rework!: boolean;

  @Column('boolean', { default: false })
  told_inside!: boolean;

  @Column('boolean', { default: false })
  told_outside!: boolean;

  @Column('boolean', { default: false })
  inherited_rework!: boolean;

  @Column('boolean', { default: false })
  inherited_inside!: boolean;

  @Column('boolean', { default: false })
  inherited_outside!: boolean;

  @ApiProperty({ description: 'It, or one of its aliases, is unplanned: a hotfix', example: false })
  @Column('boolean', { default: false })
  rework!: boolean;

  @ApiProperty({
    description:
      'It touches nothing of this pipeline, nor do its aliases, but another of the same repository: told for the ancestry of others, and counted nowhere',
    example: false,
  })
  @Column('boolean', { default: false })
  outside!: boolean;

  @ApiProperty(
    time(
      'When somebody first reviewed the pull request that it was approved by; null if nobody did',
      '2026-03-02T09:20:00.000Z',
    ),
  )
  @Column('timestamptz', { nullable: true })
  first_review_at!: Date | null;

  @ApiProperty(time('When a review of it first approved; null if none did', '2026-03-02T09:40:00.000Z'))
  @Column('timestamptz', { nullable: true })
  first_approval_at!: Date | null;

  /** Which review approved, where reviews do; null: the merge. */
  @Column('timestamptz', { nullable: true })
  review_approved_at!: Date | null;

  /** When its pull request was a draft again. */
  @Column('tstzmultirange', { nullable: true })
  drafts!: string | null;
}
