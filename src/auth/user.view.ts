import { ApiProperty } from '@nestjs/swagger';
import { PageView } from '../http/paging.js';
import { User } from './user.entity.js';

export class UserList extends PageView {
  @ApiProperty({ type: [User] })
  items!: User[];
}
