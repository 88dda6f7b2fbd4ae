import { ApiProperty } from '@nestjs/swagger';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { ScopeRules } from './scope-rules.js';

/** The scope rules as they were made at some time. Never changed, never removed; the latest is in force. */
@Entity({ schema: 'devopstic', name: 'scope_versions' })
export class ScopeVersion {
  @ApiProperty({ type: 'integer', minimum: 0, description: '1, 2, 3 …; 0: no rules were made yet', example: 3 })
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'scope_versions_pkey' })
  version!: number;

  @ApiProperty({ type: ScopeRules })
  @Column('jsonb')
  rules!: ScopeRules;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Why they were made so, by who made them',
    example: 'payments owns the shop now',
  })
  @Column('text', { nullable: true })
  note!: string | null;

  @ApiProperty({ description: 'Username or key name of who made them', example: 'ada' })
  @Column('text')
  created_by!: string;

  @ApiProperty({ format: 'date-time', example: '2026-03-02T10:30:00.000Z' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  created_at!: Date;
}
