import { ApiHideProperty, ApiProperty } from '@nestjs/swagger';
import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { oneOf } from '../database/closed-sets.js';
import { ACTIONS, type Action } from './act.js';
import { ACTOR_KINDS, type ActorKind } from './actor.js';

/** One act that was done. Added and, when it is kept for long enough, deleted; only failed logins are counted up. */
@Entity({ schema: 'devopstic', name: 'audit_entries' })
@Check('audit_entries_actor_kind_check', oneOf('actor_kind', ACTOR_KINDS))
@Index('audit_entries_at_idx', ['at', 'id'])
@Unique('audit_entries_counted_key', ['counted_key'])
export class AuditEntry {
  @ApiProperty({ type: String, description: 'Our id of the entry, a number', example: '1042' })
  @PrimaryColumn('bigint', { generated: 'identity', primaryKeyConstraintName: 'audit_entries_pkey' })
  id!: string;

  @ApiProperty({
    description: 'When; of failed logins the first',
    format: 'date-time',
    example: '2026-03-02T14:05:01.345Z',
  })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  at!: Date;

  @ApiProperty({
    type: String,
    nullable: true,
    description: '`X-Request-Id` of the request, as in the log; null outside of one. Of failed logins the first',
    example: '0f8ce1f5-0d51-4a5b-8a0f-1f2e4f0f6c3d',
  })
  @Column('text', { nullable: true })
  request_id!: string | null;

  @ApiProperty({
    enum: ACTOR_KINDS,
    description:
      'Who did it: a `user`, an API `key`, `anyone` (no credential was shown), `cli` (a command on the machine of the ' +
      'service), or the `service` itself',
    example: 'user',
  })
  @Column('text')
  actor_kind!: ActorKind;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Id of the user or of the key',
    example: '6f1c4d0e-7a55-4f0b-9a1e-2f6f0f3f6b11',
  })
  @Column('text', { nullable: true })
  actor_id!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Its name then; of a command the user of the operating system',
    example: 'ada',
  })
  @Column('text', { nullable: true })
  actor_name!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The client’s address, behind trusted proxies; null outside of a request',
    example: '198.51.100.7',
  })
  @Column('text', { nullable: true })
  address!: string | null;

  @ApiProperty({ enum: ACTIONS, description: 'What was done', example: 'key.revoked' })
  @Column('text')
  action!: Action;

  @ApiProperty({ description: 'What it was done to: the kind', example: 'key' })
  @Column('text')
  object_kind!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Its id; null if it has none, or is not known',
    example: '0b8f7a3c-2d2e-4c59-8a55-6d1f0a9c7e21',
  })
  @Column('text', { nullable: true })
  object_id!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Its name then', example: 'shop deploy job' })
  @Column('text', { nullable: true })
  object_name!: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What there is to say besides, by the kind of act; never a secret',
    example: {},
  })
  @Column('jsonb', { default: {} })
  details!: Record<string, unknown>;

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    description: 'How often: of failed logins in this quarter of an hour; else 1',
    example: 1,
  })
  @Column('integer', { default: 1 })
  count!: number;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When the last of several was; null: there is one',
    example: null,
  })
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  last_at!: Date | null;

  /** What is the same of acts that are one entry with a count; null of all others. */
  @ApiHideProperty()
  @Column('text', { select: false, nullable: true })
  counted_key!: string | null;
}
