import { ApiProperty } from '@nestjs/swagger';
import { PageView } from '../http/paging.js';
import { Incident } from './incident.entity.js';

export class IncidentView extends Incident {
  @ApiProperty({
    type: 'number',
    nullable: true,
    minimum: 0,
    description: 'Seconds from `opened_at` to `resolved_at`; null while it is open',
    example: 2700,
  })
  duration_seconds!: number | null;
}

export class IncidentPage extends PageView {
  @ApiProperty({ type: [IncidentView] })
  items!: IncidentView[];
}
