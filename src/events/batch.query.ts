import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsMoment } from '../http/moment.js';
import { ReadsOnly } from '../http/validation.js';

@ReadsOnly('repeated_since')
export class BatchQuery {
  @ApiPropertyOptional({
    format: 'date-time',
    description:
      'When this batch is sent again because its answer was lost: the time at which it was sent first, by the clock of the service. Items received since then count as accepted, not as duplicates.',
    example: '2026-03-02T08:00:00Z',
  })
  @IsOptional()
  @IsMoment()
  repeated_since?: string;
}
