import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access.js';
import { CurrentCaller, type Caller } from '../auth/caller.js';
import { ApiProblem } from '../http/api-problem.js';
import { badCursor, decodeCursor, page, PageQuery } from '../http/paging.js';
import { PipelineChoice } from './pipeline-choice.js';
import { TeamPage } from './scope.view.js';

@ApiTags('scope')
@Controller('teams')
@Access('read')
export class TeamsController {
  constructor(private readonly choice: PipelineChoice) {}

  @Get()
  @ApiOperation({
    operationId: 'listTeams',
    summary: 'List the teams with their pipelines, by name',
    description: 'A key that is limited to pipelines sees the teams that have one of them.',
  })
  @ApiOkResponse({ type: TeamPage, description: 'One page' })
  @ApiProblem(400, 'A query parameter is wrong')
  async list(@Query() { limit, cursor }: PageQuery, @CurrentCaller() caller: Caller): Promise<TeamPage> {
    const [after] = decodeCursor(cursor, 'teams', 1) ?? [''];
    if (typeof after !== 'string') throw badCursor();
    return page('teams', await this.choice.teams(caller, after, limit + 1), limit, ({ name }) => [name]);
  }
}
