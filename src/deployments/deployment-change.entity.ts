import { ApiProperty } from '@nestjs/swagger';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../database/closed-sets.js';
import { LeadTime, LEFT_OUT } from '../pipelines/lead-time.js';

/** A change and the deployment that was the first to bring it to an environment. */
@Entity({ schema: 'devopstic', name: 'deployment_changes' })
@Check('deployment_changes_left_out_check', oneOf('left_out', LEFT_OUT))
// Has columns that are only INCLUDEd, which TypeORM cannot say: see the migration.
@Index('deployment_changes_finished_idx', { synchronize: false })
@Index('deployment_changes_rework_idx', ['pipeline_id', 'environment', 'deployment_id'], { where: 'rework' })
export class DeploymentChange extends LeadTime {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'deployment_changes_pkey' })
  pipeline_id!: string;

  @ApiProperty({ example: '6dcb09b5b57875f334f61aebed695e2e4193db5e' })
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'deployment_changes_pkey' })
  commit_id!: string;

  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'deployment_changes_pkey' })
  environment!: string;

  @Column({ type: 'text', collation: 'C' })
  deployment_id!: string;

  @Column('timestamptz')
  finished_at!: Date;

  @ApiProperty({ description: 'Made by a bot: left out of lead times unless asked for', example: false })
  @Column('boolean')
  bot!: boolean;

  @Column('boolean', { default: false })
  rework!: boolean;
}
