import { Controller, Delete, Get, Header, HttpCode, Query, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../audit/actor.js';
import { ApiProblem } from '../http/api-problem.js';
import { PageQuery, page } from '../http/paging.js';
import { Access } from './access.js';
import { lastMade } from './api-keys.controller.js';
import { CurrentCaller, type Caller, type Claims } from './caller.js';
import { ApiIdParam, IdParam } from './id-param.js';
import { SessionList, SessionView } from './session.view.js';
import { Sessions } from './sessions.js';
import { Users } from './users.js';

const LIST = 'Newest first, those that hold. Tokens of versions before belong to none, and hold until they expire.';
const END = 'The tokens of it end: at once here, within three seconds elsewhere. API keys go on.';

interface WithClaims {
  /** Absent if the caller is an API key. */
  user?: Claims | null;
}

/** Own sessions, for every user; those of others, for admins. */
@ApiTags('users')
@Controller('users')
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly users: Users,
  ) {}

  @Get('me/sessions')
  @Access('user')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ operationId: 'listOwnSessions', summary: 'List my sessions', description: LIST })
  @ApiOkResponse({ type: SessionList, description: 'A page of sessions' })
  @ApiProblem(400, 'A query parameter is wrong')
  listOwn(
    @CurrentCaller() { id }: Caller,
    @Query() query: PageQuery,
    @Req() request: WithClaims,
  ): Promise<SessionList> {
    return this.listOf(id, query, request);
  }

  @Delete('me/sessions/:id')
  @Access('user')
  @HttpCode(204)
  @ApiIdParam('The session’s `id`')
  @ApiOperation({ operationId: 'endOwnSession', summary: 'End one of my sessions', description: END })
  @ApiNoContentResponse({ description: 'Ended' })
  @ApiProblem(400, 'The id is no UUID')
  @ApiProblem(404, 'You have no such session')
  endOwn(@CurrentCaller() caller: Caller, @IdParam() id: string, @CurrentActor() by: Actor): Promise<void> {
    return this.sessions.end(caller.id, id, by);
  }

  @Get(':id/sessions')
  @Access('admin')
  @Header('Cache-Control', 'no-store')
  @ApiIdParam('The user’s `id`')
  @ApiOperation({ operationId: 'listSessions', summary: 'List the sessions of a user', description: LIST })
  @ApiOkResponse({ type: SessionList, description: 'A page of sessions' })
  @ApiProblem(400, 'The id is no UUID, or a query parameter is wrong')
  @ApiProblem(404, 'There is no such user')
  async list(@IdParam() id: string, @Query() query: PageQuery, @Req() request: WithClaims): Promise<SessionList> {
    return this.listOf((await this.users.get(id)).id, query, request);
  }

  @Delete(':id/sessions')
  @Access('admin')
  @HttpCode(204)
  @ApiIdParam('The user’s `id`')
  @ApiOperation({
    operationId: 'endSessions',
    summary: 'End all sessions of a user',
    description: 'Every token issued before ends: at once here, within three seconds elsewhere. API keys go on.',
  })
  @ApiNoContentResponse({ description: 'Ended' })
  @ApiProblem(400, 'The id is no UUID')
  @ApiProblem(404, 'There is no such user')
  endAll(@IdParam() id: string, @CurrentActor() by: Actor): Promise<void> {
    return this.users.endSessions(id, by);
  }

  @Delete(':id/sessions/:session')
  @Access('admin')
  @HttpCode(204)
  @ApiIdParam('The user’s `id`')
  @ApiIdParam('The session’s `id`', 'session')
  @ApiOperation({ operationId: 'endSession', summary: 'End a session of a user', description: END })
  @ApiNoContentResponse({ description: 'Ended' })
  @ApiProblem(400, 'An id is no UUID')
  @ApiProblem(404, 'The user has no such session')
  end(@IdParam() id: string, @IdParam('session') session: string, @CurrentActor() by: Actor): Promise<void> {
    return this.sessions.end(id, session, by);
  }

  private async listOf(user_id: string, { limit, cursor }: PageQuery, { user }: WithClaims): Promise<SessionList> {
    const sessions = await this.sessions.list(user_id, lastMade('sessions', cursor), limit + 1);
    const views = sessions.map((session) =>
      Object.assign(new SessionView(), session, { current: session.id === user?.sid }),
    );
    return page('sessions', views, limit, ({ created_at, id }) => [created_at.toISOString(), id]);
  }
}
