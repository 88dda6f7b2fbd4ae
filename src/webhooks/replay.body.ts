import { ApiProperty, PickType } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { DeliveryListQuery } from './delivery-list.query.js';

/** Which deliveries to read once more; without any filter all that are kept. */
export class ReplayBody extends PickType(DeliveryListQuery, ['source', 'outcome', 'from', 'to']) {
  @ApiProperty({
    description:
      'true: only say what would change, and change nothing. false: change it. It has no default, so that a request ' +
      'whose body got lost does not replay everything',
    type: 'boolean',
    example: true,
  })
  @IsBoolean({ message: 'must be given: true only says what would change, false changes it' })
  dry_run!: boolean;
}
