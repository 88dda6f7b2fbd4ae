import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { IsMoment } from '../http/moment.js';
import { PageQuery } from '../http/paging.js';
import { type Action, ACTIONS } from './act.js';

export class AuditListQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'Only what was done at or after this: a date (its midnight in UTC) or an RFC 3339 date and time',
    example: '2026-03-02T00:00:00Z',
  })
  @IsOptional()
  @IsMoment()
  from?: string;

  @ApiPropertyOptional({
    description: 'Only what was done before this: a date (its midnight in UTC) or an RFC 3339 date and time',
    example: '2026-03-03T00:00:00Z',
  })
  @IsOptional()
  @IsMoment()
  to?: string;

  @ApiPropertyOptional({
    description: 'Only what this one did: the id or the name (of then) of a user or a key',
    minLength: 1,
    maxLength: 200,
    example: 'ada',
  })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  actor?: string;

  @ApiPropertyOptional({ description: 'Only this kind of act', enum: ACTIONS, example: 'key.revoked' })
  @IsOptional()
  @IsIn(ACTIONS)
  action?: Action;

  @ApiPropertyOptional({
    description: 'Only what was done to this one: the id, or the name of then',
    minLength: 1,
    maxLength: 200,
    example: 'shop deploy job',
  })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  object?: string;
}
