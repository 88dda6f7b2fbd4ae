import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The first successful deployment to an environment that contains a commit. Internal: a change may have several. */
@Entity({ schema: 'devopstic', name: 'commit_carriers' })
export class CommitCarrier {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'commit_carriers_pkey' })
  pipeline_id!: string;

  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'commit_carriers_pkey' })
  commit_id!: string;

  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'commit_carriers_pkey' })
  environment!: string;

  @Column('timestamptz')
  finished_at!: Date;

  @Column({ type: 'text', collation: 'C' })
  deployment_id!: string;
}
