import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access.js';
import { CurrentCaller, type Caller } from '../auth/caller.js';
import { ApiProblem } from '../http/api-problem.js';
import { ListQuery } from '../http/list.query.js';
import { PipelineChoice } from '../scope/pipeline-choice.js';
import { IncidentList } from './incident-list.js';
import { IncidentPage } from './incident.view.js';

@ApiTags('facts')
@Controller('incidents')
@Access('read')
export class IncidentsController {
  constructor(
    private readonly incidents: IncidentList,
    private readonly choice: PipelineChoice,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listIncidents',
    summary: 'List the incidents with their causes, newest first',
    description:
      'With a range, those that were open at some instant of it, or resolved in it. In the order of `opened_at`; of several ' +
      'at one time the one with the greatest `incident_id` first.',
  })
  @ApiOkResponse({ type: IncidentPage, description: 'One page' })
  @ApiProblem(400, 'A query parameter is wrong')
  async list(@Query() query: ListQuery, @CurrentCaller() caller: Caller): Promise<IncidentPage> {
    return this.incidents.read(query, await this.choice.of(query, caller));
  }
}
