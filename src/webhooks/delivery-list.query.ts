import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { IsMoment } from '../http/moment.js';
import { PageQuery } from '../http/paging.js';
import { OUTCOMES, type Outcome } from './delivery.entity.js';

export class DeliveryListQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only those of this kind of sender', example: 'github' })
  @IsOptional()
  @IsString()
  @Matches(/^[a-z][a-z0-9-]{0,49}(?:\/[a-z0-9-]{1,100})?$/, { message: 'must be the name of a source' })
  source?: string;

  @ApiPropertyOptional({ description: 'Only those with this outcome', enum: OUTCOMES, example: 'failed' })
  @IsOptional()
  @IsIn(OUTCOMES)
  outcome?: Outcome;

  @ApiPropertyOptional({
    description: 'Only those received at or after this: a date (its midnight in UTC) or an RFC 3339 date and time',
    example: '2026-03-02T00:00:00Z',
  })
  @IsOptional()
  @IsMoment()
  from?: string;

  @ApiPropertyOptional({
    description: 'Only those received before this: a date (its midnight in UTC) or an RFC 3339 date and time',
    example: '2026-03-03T00:00:00Z',
  })
  @IsOptional()
  @IsMoment()
  to?: string;
}
