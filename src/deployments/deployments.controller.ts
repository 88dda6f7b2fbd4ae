import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access.js';
import { CurrentCaller, type Caller } from '../auth/caller.js';
import { ApiProblem } from '../http/api-problem.js';
import { ListQuery } from '../http/list.query.js';
import { PipelineChoice } from '../scope/pipeline-choice.js';
import { DeploymentList } from './deployment-list.js';
import { DeploymentPage } from './deployment.view.js';

@ApiTags('facts')
@Controller('deployments')
@Access('read')
export class DeploymentsController {
  constructor(
    private readonly deployments: DeploymentList,
    private readonly choice: PipelineChoice,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listDeployments',
    summary: 'List the deployments with what they carried, newest first',
    description:
      'By `finished_at`, in progress by `started_at`; of several at one time the one with the greatest `deployment_id` first.',
  })
  @ApiOkResponse({ type: DeploymentPage, description: 'One page' })
  @ApiProblem(400, 'A query parameter is wrong')
  async list(@Query() query: ListQuery, @CurrentCaller() caller: Caller): Promise<DeploymentPage> {
    return this.deployments.read(query, await this.choice.of(query, caller));
  }
}
