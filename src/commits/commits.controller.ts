import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access.js';
import { CurrentCaller, type Caller } from '../auth/caller.js';
import { ApiProblem } from '../http/api-problem.js';
import { ListQuery } from '../http/list.query.js';
import { PipelineChoice } from '../scope/pipeline-choice.js';
import { CommitList } from './commit-list.js';
import { CommitPage } from './commit.view.js';

@ApiTags('facts')
@Controller('commits')
@Access('read')
export class CommitsController {
  constructor(
    private readonly commits: CommitList,
    private readonly choice: PipelineChoice,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listCommits',
    summary: 'List the commits with their lead times, newest first',
    description:
      'By `committed_at`; of several at one time the one with the greatest `commit_id` first. Those without a time, ' +
      'known by their deployment only, come last, and not at all if `from` or `to` is given.',
  })
  @ApiOkResponse({ type: CommitPage, description: 'One page' })
  @ApiProblem(400, 'A query parameter is wrong')
  async list(@Query() query: ListQuery, @CurrentCaller() caller: Caller): Promise<CommitPage> {
    return this.commits.read(query, await this.choice.of(query, caller));
  }
}
