import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../database/closed-sets.js';
import { EVENT_STATUSES, EVENT_TYPES, type EventStatus, type EventType } from './event.fields.js';

/** What a sender told us; append-only. doc/domain.md says what each field means. */
@Entity({ schema: 'devopstic', name: 'events' })
@Check('events_type_check', oneOf('type', EVENT_TYPES))
@Check('events_status_check', oneOf('status', EVENT_STATUSES))
@Index('events_occurred_idx', ['pipeline_id', 'occurred_at', 'id'], { where: 'occurred_at IS NOT NULL' })
@Index('events_review_idx', ['pipeline_id', 'pull_request_id'], { where: `type = 'review'` })
@Index('events_incident_idx', ['pipeline_id', 'incident_id'], { where: `type = 'incident_status_change'` })
export class Event {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'events_pkey' })
  pipeline_id!: string;

  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'events_pkey' })
  id!: string;

  @Column('text')
  type!: EventType;

  @Column('text')
  status!: EventStatus;

  @Column({ type: 'text', collation: 'C', nullable: true })
  environment!: string | null;

  @Column({ type: 'text', collation: 'C', nullable: true })
  commit_id!: string | null;

  @Column('bigint', { nullable: true })
  pull_request_id!: number | null;

  @Column({ type: 'text', collation: 'C', nullable: true })
  incident_id!: string | null;

  @Column({ type: 'text', collation: 'C', nullable: true })
  deployment_id!: string | null;

  @Column({ type: 'text', collation: 'C', array: true, nullable: true })
  commits!: string[] | null;

  @Column({ type: 'text', collation: 'C', array: true, nullable: true })
  parents!: string[] | null;

  @Column('timestamptz', { nullable: true })
  landed_at!: Date | null;

  @Column({ type: 'text', collation: 'C', nullable: true })
  landed_head!: string | null;

  @Column('boolean', { nullable: true })
  rollback!: boolean | null;

  @Column('boolean', { nullable: true })
  rework!: boolean | null;

  @Column('text', { nullable: true })
  author!: string | null;

  @Column('text', { nullable: true })
  url!: string | null;

  /** The `timestamp` of the contract. */
  @Column('timestamptz')
  occurred_at!: Date;

  @Column('boolean')
  time_inferred!: boolean;

  @Column('timestamptz')
  received_at!: Date;

  @Column({ type: 'text', collation: 'C' })
  content_hash!: string;

  @Column({ type: 'text', collation: 'C', nullable: true })
  review_id!: string | null;

  @Column({ type: 'text', collation: 'C', array: true, nullable: true })
  reverts!: string[] | null;

  @Column('boolean', { nullable: true })
  outside!: boolean | null;
}
