import { ApiProperty } from '@nestjs/swagger';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../database/closed-sets.js';

const INCIDENT_STATES = ['open', 'resolved'] as const;
const CAUSE_METHODS = ['explicit', 'window', 'none'] as const;

const text = (description: string, example: string | null) => ({
  type: 'string' as const,
  nullable: true,
  description,
  example,
});

/** A failure of service and the deployment that caused it. */
@Entity({ schema: 'devopstic', name: 'incidents' })
@Check('incidents_state_check', oneOf('state', INCIDENT_STATES))
@Check('incidents_cause_method_check', oneOf('cause_method', CAUSE_METHODS))
@Index('incidents_listed_idx', ['pipeline_id', 'opened_at', 'incident_id'], { where: 'opened_at IS NOT NULL' })
// On an expression, which TypeORM cannot tell: the migration alone makes it.
@Index('incidents_over_idx', { synchronize: false })
@Index('incidents_opened_idx', ['pipeline_id', 'environment', 'opened_at'], { where: 'opened_at IS NOT NULL' })
@Index('incidents_resolved_idx', ['pipeline_id', 'environment', 'resolved_at'], { where: 'resolved_at IS NOT NULL' })
@Index('incidents_cause_idx', ['pipeline_id', 'cause_environment', 'cause_deployment_id'], {
  where: 'cause_deployment_id IS NOT NULL',
})
@Index('incidents_blamed_deployment_idx', ['pipeline_id', 'blamed_deployment_id'], {
  where: 'blamed_deployment_id IS NOT NULL',
})
@Index('incidents_blamed_commit_idx', ['pipeline_id', 'blamed_commit_id'], { where: 'blamed_commit_id IS NOT NULL' })
export class Incident {
  @ApiProperty({ example: 'acme/shop' })
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'incidents_pkey' })
  pipeline_id!: string;

  @ApiProperty({ description: 'Unique within its pipeline', example: 'INC-7' })
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'incidents_pkey' })
  incident_id!: string;

  @ApiProperty({ description: 'Where the service failed; `production` if nobody said', example: 'production' })
  @Column({ type: 'text', collation: 'C' })
  environment!: string;

  @ApiProperty({ enum: INCIDENT_STATES, example: 'resolved' })
  @Column('text')
  state!: (typeof INCIDENT_STATES)[number];

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'Its first failure',
    example: '2026-03-02T13:50:00.000Z',
  })
  @Column('timestamptz')
  opened_at!: Date;

  @ApiProperty({
    ...text('The first success after the last failure; null while it is open', '2026-03-02T14:35:00.000Z'),
    format: 'date-time',
  })
  @Column('timestamptz', { nullable: true })
  resolved_at!: Date | null;

  @ApiProperty(text('The deployment that its events blame', null))
  @Column({ type: 'text', collation: 'C', nullable: true })
  blamed_deployment_id!: string | null;

  @ApiProperty(text('The commit that its events blame', null))
  @Column({ type: 'text', collation: 'C', nullable: true })
  blamed_commit_id!: string | null;

  @ApiProperty({
    ...text('Where a person can look it up', 'https://status.example.com/incidents/INC-7'),
    format: 'uri',
  })
  @Column({ type: 'text', collation: 'C', nullable: true })
  url!: string | null;

  @ApiProperty({
    enum: CAUSE_METHODS,
    description:
      'How its cause was found: `explicit` its events blame it; `window` it is the latest successful deployment ' +
      'shortly before; `none` there is no cause',
    example: 'window',
  })
  @Column('text', { default: 'none' })
  cause_method!: (typeof CAUSE_METHODS)[number];

  @ApiProperty(text('The environment of its cause', 'production'))
  @Column({ type: 'text', collation: 'C', nullable: true })
  cause_environment!: string | null;

  @ApiProperty(text('The deployment that caused it', '4711'))
  @Column({ type: 'text', collation: 'C', nullable: true })
  cause_deployment_id!: string | null;
}
