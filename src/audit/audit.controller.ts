import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags, OmitType } from '@nestjs/swagger';
import { Access } from '../auth/access.js';
import { ApiProblem } from '../http/api-problem.js';
import { PageView } from '../http/paging.js';
import { AuditEntry } from './audit-entry.entity.js';
import { AuditListQuery } from './audit-list.query.js';
import { AuditTrail } from './audit-trail.js';

class AuditEntryView extends OmitType(AuditEntry, ['counted_key']) {}

class AuditListView extends PageView {
  @ApiProperty({ type: [AuditEntryView] })
  items!: AuditEntryView[];
}

@ApiTags('audit')
@Controller('audit')
@Access('admin')
export class AuditController {
  constructor(private readonly trail: AuditTrail) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'listAuditEntries',
    summary: 'Who did what, newest first',
    description:
      'Logins, and every change of users, keys, rules and hooks, and replays: by the API, by commands on the machine of the ' +
      'service, and by the service at its start. Failed logins are one entry with a count for each account, address and ' +
      'quarter of an hour; a name that nobody has is not told.',
  })
  @ApiOkResponse({ type: AuditListView, description: 'One page of entries' })
  @ApiProblem(400, 'A query parameter is wrong')
  list(@Query() query: AuditListQuery): Promise<AuditListView> {
    return this.trail.list(query);
  }
}
