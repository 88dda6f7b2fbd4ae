import { ApiProperty, PickType } from '@nestjs/swagger';
import { PageView } from '../http/paging.js';
import { ScopeVersion } from './scope-version.entity.js';

export class ScopeInForce extends PickType(ScopeVersion, ['version', 'rules']) {}

export class ScopeVersionPage extends PageView {
  @ApiProperty({ type: [ScopeVersion] })
  items!: ScopeVersion[];
}

export class TeamView {
  @ApiProperty({ description: 'Its name', example: 'payments' })
  name!: string;

  @ApiProperty({
    description: 'The pipelines there are that its globs name, by name; those that the caller may see',
    type: [String],
    example: ['acme/payment-gateway', 'acme/shop'],
  })
  pipelines!: string[];
}

export class TeamPage extends PageView {
  @ApiProperty({ type: [TeamView] })
  items!: TeamView[];
}
