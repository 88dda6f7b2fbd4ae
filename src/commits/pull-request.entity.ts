import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The commits that were told to belong to one pull request, and which of them was approved first. */
@Entity({ schema: 'devopstic', name: 'pull_requests' })
@Index('pull_requests_approved_idx', ['pipeline_id', 'approved_commit'], { where: 'approved_commit IS NOT NULL' })
export class PullRequest {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'pull_requests_pkey' })
  pipeline_id!: string;

  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'pull_requests_pkey' })
  pull_request_id!: number;

  @Column({ type: 'text', collation: 'C', array: true, default: '{}' })
  commits!: string[];

  @Column('timestamptz', { nullable: true })
  approved_at!: Date | null;

  @Column({ type: 'text', collation: 'C', nullable: true })
  approved_commit!: string | null;
}
