import { ApiHideProperty, ApiProperty } from '@nestjs/swagger';
import { Check, Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { Permission } from './caller.js';

export const SCOPES = ['events:write', 'metrics:read', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

export const SCOPE_MAY: Readonly<Record<Scope, readonly Permission[]>> = {
  'events:write': ['write'],
  'metrics:read': ['read'],
  admin: ['read', 'write', 'admin'],
};

/** A credential for machines. The secret itself is shown once and not stored. */
@Entity({ name: 'api_keys', schema: 'devopstic' })
@Unique('api_keys_prefix_key', ['prefix'])
@Index('api_keys_created_idx', ['created_at', 'id'])
@Check('api_keys_scopes_check', `scopes <@ ARRAY['events:write', 'metrics:read', 'admin'] AND cardinality(scopes) > 0`)
export class ApiKey {
  @ApiProperty({ format: 'uuid', example: '0b8f7a3c-2d2e-4c59-8a55-6d1f0a9c7e21' })
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'api_keys_pkey' })
  id!: string;

  @ApiProperty({ description: 'What it is for; need not be unique', example: 'shop deploy job' })
  @Column('text')
  name!: string;

  @ApiProperty({
    description: 'How the secret begins, to recognise it by; not enough to call with',
    example: 'dvo_Qm3x9TzK',
  })
  @Column('text')
  prefix!: string;

  /** SHA-256 of the secret: 256 random bits cannot be guessed, so a slow hash would only slow down the requests. */
  @ApiHideProperty()
  @Column('bytea', { select: false })
  hash!: Buffer;

  @ApiProperty({
    enum: SCOPES,
    isArray: true,
    description: '`events:write` sends events; `metrics:read` reads everything; `admin` all',
    example: ['events:write'],
  })
  @Column('text', { array: true })
  scopes!: Scope[];

  @ApiProperty({
    type: String,
    isArray: true,
    nullable: true,
    description: 'The only pipelines it may send events for and see; null = all',
    example: ['acme/shop'],
  })
  @Column('text', { array: true, nullable: true })
  pipelines!: string[] | null;

  @ApiProperty({ description: 'Username or key name of who created it', example: 'ada' })
  @Column('text')
  created_by!: string;

  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description:
      'The user who answers for it, with whom it ends: whoever created it, or the owner of the key that did. Null: nobody, as ' +
      'of keys of the command line and of versions before',
    example: '6f1c4d0e-7a55-4f0b-9a1e-2f6f0f3f6b11',
  })
  @Column('uuid', { nullable: true })
  owner_id!: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-01-05T09:30:00.000Z' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  created_at!: Date;

  @ApiProperty({
    type: 'string',
    nullable: true,
    format: 'date-time',
    description: 'From then on it is refused; null = never',
    example: '2027-01-01T00:00:00.000Z',
  })
  @Column('timestamptz', { nullable: true })
  expires_at!: Date | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    format: 'date-time',
    description: 'When it was revoked; null = it was not',
    example: null,
  })
  @Column('timestamptz', { nullable: true })
  revoked_at!: Date | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    format: 'date-time',
    description: 'Last use, to about a minute; null = never used',
    example: '2026-01-07T12:00:00.000Z',
  })
  @Column('timestamptz', { nullable: true })
  last_used_at!: Date | null;
}
