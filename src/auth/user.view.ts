import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PageView } from '../http/paging.js';
import { ApiKey } from './api-key.entity.js';
import { User } from './user.entity.js';

export class UserList extends PageView {
  @ApiProperty({ type: [User] })
  items!: User[];
}

export class SettledKeys {
  @ApiProperty({
    type: [ApiKey],
    description: 'The API keys of the user that had not ended: they have now, or belong to `keys_to`. Oldest first',
  })
  keys!: ApiKey[];
}

export class ChangedUser extends User {
  @ApiPropertyOptional({
    type: [ApiKey],
    description:
      'Only if the user was disabled: their API keys that had not ended. They have now, or belong to `keys_to`. Oldest first',
  })
  keys?: ApiKey[];
}
