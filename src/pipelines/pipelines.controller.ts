import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access.js';
import { CurrentCaller, type Caller } from '../auth/caller.js';
import { ApiProblem } from '../http/api-problem.js';
import { PipelineChoice } from '../scope/pipeline-choice.js';
import { PipelineList } from './pipeline-list.js';
import { PipelineListQuery } from './pipeline-list.query.js';
import { PipelinePage } from './pipeline.view.js';

@ApiTags('facts')
@Controller('pipelines')
@Access('read')
export class PipelinesController {
  constructor(
    private readonly pipelines: PipelineList,
    private readonly choice: PipelineChoice,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listPipelines', summary: 'List the pipelines with their environments, by name' })
  @ApiOkResponse({ type: PipelinePage, description: 'One page' })
  @ApiProblem(400, 'A query parameter is wrong')
  async list(@Query() query: PipelineListQuery, @CurrentCaller() caller: Caller): Promise<PipelinePage> {
    return this.pipelines.read(query, await this.choice.of(query, caller));
  }
}
