import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where a pipeline was ever deployed to, and its first successful deployment there: the baseline. */
@Entity({ schema: 'devopstic', name: 'environments' })
export class Environment {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'environments_pkey' })
  pipeline_id!: string;

  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'environments_pkey' })
  environment!: string;

  @Column('timestamptz', { nullable: true })
  baseline_finished_at!: Date | null;

  @Column({ type: 'text', collation: 'C', nullable: true })
  baseline_deployment_id!: string | null;
}
