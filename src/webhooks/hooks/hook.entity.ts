import { ApiHideProperty, ApiProperty } from '@nestjs/swagger';
import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { HookDeclaration } from './declaration.js';

/** A source of webhooks that an admin has declared. */
@Entity({ schema: 'devopstic', name: 'hooks' })
@Check('hooks_secrets_check', `((declaration -> 'signature') IS NULL) = (cardinality(secrets) = 0)`)
export class Hook {
  @ApiProperty({
    description: 'As in `POST /hooks/{name}`; its deliveries have the source `hooks/{name}`',
    example: 'release-desk',
  })
  @PrimaryColumn('text', { primaryKeyConstraintName: 'hooks_pkey' })
  name!: string;

  /** Text, and not jsonb: it is answered in the order in which it was written. */
  @ApiProperty({
    description: 'What was declared, without the secrets. It may be put back as it is: the secrets stay',
    allOf: [{ $ref: '#/components/schemas/HookDeclaration' }],
  })
  @Column('json')
  declaration!: HookDeclaration;

  /** As they were given, for an HMAC takes the secret itself (ADR 0014). Read where a signature is checked, and nowhere else. */
  @ApiHideProperty()
  @Column('text', { array: true, default: [], select: false })
  secrets!: string[];

  @ApiProperty({ format: 'date-time', example: '2026-01-05T09:30:00.000Z' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  created_at!: Date;

  @ApiProperty({ description: 'Username or key name of who declared it first', example: 'ada' })
  @Column('text')
  created_by!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-05T09:30:00.000Z' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  updated_at!: Date;

  @ApiProperty({ description: 'Username or key name of who declared it last', example: 'ada' })
  @Column('text')
  updated_by!: string;
}
