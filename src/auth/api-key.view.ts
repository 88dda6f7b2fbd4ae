import { ApiProperty } from '@nestjs/swagger';
import { PageView } from '../http/paging.js';
import { ApiKey } from './api-key.entity.js';

export class ApiKeyList extends PageView {
  @ApiProperty({ type: [ApiKey] })
  items!: ApiKey[];
}

export class CreatedApiKey extends ApiKey {
  @ApiProperty({
    description: 'The key itself: `Authorization: Bearer <secret>`. Shown this once, not stored',
    example: 'dvo_Qm3x9TzKexampleexampleexampleexampleexampleexampleexamp',
  })
  secret!: string;
}
