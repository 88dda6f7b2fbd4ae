import { ApiHideProperty, ApiProperty } from '@nestjs/swagger';
import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A login that goes on: all tokens that come of it end with it. */
@Entity({ name: 'sessions', schema: 'devopstic' })
@Index('sessions_user_idx', ['user_id', 'created_at', 'id'])
@Index('sessions_expires_idx', ['expires_at'])
export class Session {
  @ApiProperty({ format: 'uuid', example: '3d0c2f0e-5a0b-4a55-9e55-0d4a1f0a7c11' })
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'sessions_pkey' })
  id!: string;

  @ApiHideProperty()
  @Column('uuid', { select: false })
  user_id!: string;

  @ApiProperty({ description: 'The address that the login came from', example: '198.51.100.7' })
  @Column('text')
  address!: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'What the login called itself in `User-Agent`, its first 200 characters',
    example: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  })
  @Column('text', { nullable: true })
  agent!: string | null;

  @ApiProperty({ format: 'date-time', description: 'When it began', example: '2026-01-05T09:30:00.000Z' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  created_at!: Date;

  @ApiProperty({
    format: 'date-time',
    description: 'Last use, to about a minute',
    example: '2026-01-05T12:00:00.000Z',
  })
  @Column('timestamptz', { default: () => 'now()' })
  last_used_at!: Date;

  @ApiProperty({
    format: 'date-time',
    description: 'Until when its newest token holds; a fresh token moves it',
    example: '2026-01-05T21:30:00.000Z',
  })
  @Column('timestamptz')
  expires_at!: Date;

  @ApiProperty({
    format: 'date-time',
    description: 'No token of this session holds longer, however often it is renewed',
    example: '2026-02-04T09:30:00.000Z',
  })
  @Column('timestamptz')
  ends_at!: Date;

  /** Kept of a token without a session, which else nothing would tell from one that holds. */
  @ApiHideProperty()
  @Column('timestamptz', { select: false, nullable: true })
  ended_at!: Date | null;
}
