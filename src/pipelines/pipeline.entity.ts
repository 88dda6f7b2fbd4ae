import { ApiProperty } from '@nestjs/swagger';
import { Column, Entity, PrimaryColumn } from 'typeorm';

const time = (description: string, example: string) => ({
  type: 'string' as const,
  format: 'date-time',
  nullable: true,
  description,
  example,
});

/** One delivered component, known since its first event; its row is what writers of its events lock. */
@Entity({ schema: 'devopstic', name: 'pipelines' })
export class Pipeline {
  @ApiProperty({ description: 'The name that its senders gave it', example: 'acme/shop' })
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'pipelines_pkey' })
  pipeline_id!: string;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'How many events it has', example: 14 })
  @Column('bigint', { default: 0 })
  events!: number;

  @ApiProperty(time('The earliest `timestamp` of its events', '2026-01-05T09:30:00.000Z'))
  @Column('timestamptz', { nullable: true })
  first_event_at!: Date | null;

  @ApiProperty(time('The latest `timestamp` of its events', '2026-03-02T14:35:00.000Z'))
  @Column('timestamptz', { nullable: true })
  last_event_at!: Date | null;
}
