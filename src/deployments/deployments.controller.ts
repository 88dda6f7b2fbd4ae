import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access.js';
import { CurrentCaller, pipelinesToRead, type Caller } from '../auth/caller.js';
import { ApiProblem } from '../http/api-problem.js';
import { ListQuery } from '../http/list.query.js';
import { DeploymentList } from './deployment-list.js';
import { DeploymentPage } from './deployment.view.js';

@ApiTags('facts')
@Controller('deployments')
@Access('read')
export class DeploymentsController {
  constructor(private readonly deployments: DeploymentList) {}

  @Get()
  @ApiOperation({
    operationId: 'listDeployments',
    summary: 'List the deployments with what they carried, newest first',
    description:
      'By `finished_at`, in progress by `started_at`; of several at one time the one with the greatest `deployment_id` first.',
  })
  @ApiOkResponse({ type: DeploymentPage, description: 'One page' })
  @ApiProblem(400, 'A query parameter is wrong')
  list(@Query() query: ListQuery, @CurrentCaller() caller: Caller): Promise<DeploymentPage> {
    return this.deployments.read(query, pipelinesToRead(caller, query.pipeline));
  }
}
