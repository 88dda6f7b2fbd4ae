import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access.js';
import { CurrentCaller, type Caller } from '../auth/caller.js';
import { ApiProblem } from '../http/api-problem.js';
import { PipelineChoice } from '../scope/pipeline-choice.js';
import { EventList } from './event-list.js';
import { EventListQuery } from './event-list.query.js';
import { EventPage } from './event-list.view.js';

@ApiTags('events')
@Controller('events')
@Access('read')
export class EventListController {
  constructor(
    private readonly events: EventList,
    private readonly choice: PipelineChoice,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listEvents',
    summary: 'List the stored events, newest first',
    description:
      'By `timestamp`; of several at one time the one with the greatest `id` first. Pages stay stable while events are added.',
  })
  @ApiOkResponse({ type: EventPage, description: 'One page' })
  @ApiProblem(400, 'A query parameter is wrong')
  async list(@Query() query: EventListQuery, @CurrentCaller() caller: Caller): Promise<EventPage> {
    return this.events.read(query, await this.choice.of(query, caller));
  }
}
