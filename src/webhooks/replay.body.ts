import { ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { DeliveryListQuery } from './delivery-list.query.js';

/** Which deliveries to read once more; without any filter all that are kept. */
export class ReplayBody extends PickType(DeliveryListQuery, ['source', 'outcome', 'from', 'to']) {
  @ApiPropertyOptional({
    description: 'Only say what would change, and change nothing',
    type: 'boolean',
    default: false,
    example: true,
  })
  @IsOptional()
  @IsBoolean()
  dry_run = false;
}
