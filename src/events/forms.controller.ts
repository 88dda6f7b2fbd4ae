import { Body, Controller, Post, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access.js';
import { type Caller, CurrentCaller } from '../auth/caller.js';
import { ApiProblem } from '../http/api-problem.js';
import type { StoredEvent } from './event.js';
import { EventIntake } from './event-intake.js';
import { deploymentForm, eventOfForm, type Form, incidentForm } from './forms.js';

const STORED_EVENT = { $ref: '#/components/schemas/StoredEvent' };

/** The part of Fastify's reply that says whether the event is new. */
interface Reply {
  status(code: number): unknown;
}

@ApiTags('events')
@Controller()
@Access('write')
export class FormsController {
  constructor(private readonly intake: EventIntake) {}

  @Post('deployments')
  @ApiOperation({
    operationId: 'reportDeployment',
    summary: 'Report a deployment',
    description: 'Becomes an event of type `deploy`, which is the answer; everything is as for POST /events.',
  })
  @ApiBody({ schema: { $ref: '#/components/schemas/NewDeployment' } })
  @ApiResponse({ status: 201, description: 'Stored now.', schema: STORED_EVENT })
  @ApiResponse({ status: 200, description: 'Was stored before, with the same content.', schema: STORED_EVENT })
  @ApiProblem(400, 'A field is missing, unknown or wrong')
  @ApiProblem(409, 'An event with this id and other content is stored')
  deployment(
    @Body() body: unknown,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StoredEvent> {
    return this.take(deploymentForm, body, caller, reply);
  }

  @Post('incidents')
  @ApiOperation({
    operationId: 'reportIncident',
    summary: 'Report that an incident opens or is resolved',
    description:
      'Becomes an event of type `incident_status_change`, which is the answer; everything is as for POST /events.',
  })
  @ApiBody({ schema: { $ref: '#/components/schemas/NewIncident' } })
  @ApiResponse({ status: 201, description: 'Stored now.', schema: STORED_EVENT })
  @ApiResponse({ status: 200, description: 'Was stored before, with the same content.', schema: STORED_EVENT })
  @ApiProblem(400, 'A field is missing, unknown or wrong')
  @ApiProblem(409, 'An event with this id and other content is stored')
  incident(
    @Body() body: unknown,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StoredEvent> {
    return this.take(incidentForm, body, caller, reply);
  }

  private async take(form: Form, body: unknown, caller: Caller, reply: Reply): Promise<StoredEvent> {
    const received = new Date();
    const { created, event } = await this.intake.take(eventOfForm(form, body, received), caller, received);
    reply.status(created ? 201 : 200);
    return event;
  }
}
