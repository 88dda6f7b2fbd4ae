import { ApiHideProperty, ApiProperty } from '@nestjs/swagger';
import { Check, Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { Permission } from './caller.js';

export const ROLES = ['admin', 'editor', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_MAY: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  admin: new Set<Permission>(['read', 'write', 'admin']),
  editor: new Set<Permission>(['read', 'write']),
  viewer: new Set<Permission>(['read']),
};

/** A person who may ask for tokens. */
@Entity({ name: 'users', schema: 'devopstic' })
@Unique('users_username_key', ['username'])
@Check('users_role_check', `role IN ('admin', 'editor', 'viewer')`)
export class User {
  @ApiProperty({ format: 'uuid', example: '6f1c4d0e-7a55-4f0b-9a1e-2f6f0f3f6b11' })
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'users_pkey' })
  id!: string;

  @ApiProperty({
    description: 'Unique, whatever the case, but for two that were made alike when case counted',
    example: 'ada',
  })
  @Column('text')
  username!: string;

  @ApiProperty({
    enum: ROLES,
    description: '`admin` everything; `editor` sends events and reads; `viewer` reads',
    example: 'editor',
  })
  @Column('text')
  role!: Role;

  @ApiProperty({
    description: 'A disabled user gets no token, and those issued before have ended',
    example: false,
  })
  @Column('boolean', { default: false })
  disabled!: boolean;

  /** argon2id, never answered: list the columns to read it. */
  @ApiHideProperty()
  @Column('text', { select: false })
  password_hash!: string;

  /**
   * Hash of the DEVOPSTIC_PASSWORD last applied to this user; tells a changed variable from one that is still
   * there.
   */
  @ApiHideProperty()
  @Column('text', { select: false, nullable: true })
  environment_hash!: string | null;

  /** Tokens carry it; counting it up ends all that were issued before. */
  @ApiHideProperty()
  @Column('integer', { select: false, default: 1 })
  token_version!: number;

  @ApiProperty({ format: 'date-time', example: '2026-01-05T09:30:00.000Z' })
  @Column('timestamptz', { default: () => 'now()' })
  created_at!: Date;
}
