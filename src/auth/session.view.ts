import { ApiProperty } from '@nestjs/swagger';
import { PageView } from '../http/paging.js';
import { Session } from './session.entity.js';

export class SessionView extends Session {
  @ApiProperty({ description: 'Whether it is the one of the token that asks', example: true })
  current!: boolean;
}

export class SessionList extends PageView {
  @ApiProperty({ type: [SessionView] })
  items!: SessionView[];
}
