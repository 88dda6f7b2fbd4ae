import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { ListQuery } from '../http/list.query.js';
import { EVENT_TYPES, type EventType } from './event.fields.js';

export class EventListQuery extends ListQuery {
  @ApiPropertyOptional({ description: 'Only events of this type', enum: EVENT_TYPES, example: 'deploy' })
  @IsOptional()
  @IsIn(EVENT_TYPES)
  type?: EventType;
}
