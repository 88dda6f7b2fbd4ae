import { ApiHideProperty, ApiProperty } from '@nestjs/swagger';
import { Check, Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { oneOf } from '../database/closed-sets.js';

export const OUTCOMES = ['received', 'recorded', 'ignored', 'refused', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One webhook request, kept as it was received, with what became of it. */
@Entity({ schema: 'devopstic', name: 'webhook_deliveries' })
@Check('webhook_deliveries_outcome_check', oneOf('outcome', OUTCOMES))
@Unique('webhook_deliveries_delivery_key', ['source', 'delivery_id', 'limited_key'])
@Index('webhook_deliveries_received_idx', ['received_at', 'id'])
@Index('webhook_deliveries_source_idx', ['source', 'received_at', 'id'])
@Index('webhook_deliveries_outcome_idx', ['outcome', 'received_at', 'id'])
@Index('webhook_deliveries_failed_idx', ['source', 'received_at', 'id'], {
  where: `outcome IN ('failed', 'refused')`,
})
export class WebhookDelivery {
  @ApiProperty({
    description: 'Our id of the delivery',
    format: 'uuid',
    example: '6f1cbd5e-3f0c-4b5a-9c6e-0d6f5b1a2c3d',
  })
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'webhook_deliveries_pkey' })
  id!: string;

  @ApiProperty({ description: 'Which kind of sender it came from', example: 'github' })
  @Column('text')
  source!: string;

  @ApiProperty({
    description: "The provider's own id of it, the same when it sends it again",
    example: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
  })
  @Column('text')
  delivery_id!: string;

  /** Id of the API key that sent it, if that is limited to pipelines; else empty. What it makes up is no other sender's. */
  @ApiHideProperty()
  @Column('text', { default: '' })
  limited_key!: string;

  @ApiProperty({ description: "The provider's name of its event", example: 'pull_request' })
  @Column('text')
  event_name!: string;

  @ApiProperty({
    description: 'The headers that say how to read it',
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { 'content-type': 'application/json' },
  })
  @Column('jsonb')
  headers!: Record<string, string>;

  /** The bytes that were signed; answered as text, and for one delivery at a time: see delivery.view.ts. */
  @ApiHideProperty()
  @Column('bytea', { select: false })
  body!: Buffer;

  @ApiProperty({ description: 'When it was first received', format: 'date-time', example: '2026-03-02T10:30:00.000Z' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  received_at!: Date;

  @ApiProperty({
    description:
      'recorded: its events are stored. ignored: understood, and of no use to us. refused: malformed. failed: we could not ' +
      'translate it, replay it once that is mended. received: not decided yet, or we stopped in the midst of it: it is ' +
      'tried once more within two minutes, and after three attempts it has failed as gave_up',
    enum: OUTCOMES,
    example: 'recorded',
  })
  @Column('text', { default: 'received' })
  outcome!: Outcome;

  @ApiProperty({
    description: 'Why nothing was recorded, or not all of it, by name',
    type: 'string',
    nullable: true,
    example: null,
  })
  @Column('text', { nullable: true })
  reason!: string | null;

  @ApiProperty({
    description: 'What exactly was wrong, at the last attempt',
    type: 'string',
    nullable: true,
    example: null,
  })
  @Column('text', { nullable: true })
  error!: string | null;

  @ApiProperty({ description: 'The ids of the events it told', type: [String], example: ['kX0bQ2c4T1m9yWq3nZ5v7A'] })
  @Column('text', { array: true, default: [] })
  event_ids!: string[];

  @ApiProperty({ description: 'The pipelines of these events', type: [String], example: ['acme/shop'] })
  @Column('text', { array: true, default: [] })
  pipelines!: string[];

  @ApiProperty({
    description: 'How many times it was read, or begun to be read: it is counted beforehand',
    type: 'integer',
    example: 1,
  })
  @Column('integer', { default: 0 })
  attempts!: number;

  /** When an attempt was last begun; null: when it was received. */
  @ApiHideProperty()
  @Column({ type: 'timestamptz', precision: 3, nullable: true, select: false })
  tried_at!: Date | null;
}
