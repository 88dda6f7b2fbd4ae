import { Body, Controller, Delete, Get, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Actor, CurrentActor } from '../audit/actor.js';
import { ApiProblem } from '../http/api-problem.js';
import { badCursor, decodeCursor, page, PageQuery } from '../http/paging.js';
import { Access } from './access.js';
import { ApiIdParam, IdParam } from './id-param.js';
import { NewUser, RemovalQuery, UserChange } from './user.body.js';
import { User } from './user.entity.js';
import { ChangedUser, SettledKeys, UserList } from './user.view.js';
import { Users } from './users.js';

@ApiTags('users')
@Controller('users')
@Access('admin')
export class UsersController {
  constructor(private readonly users: Users) {}

  @Get()
  @ApiOperation({ operationId: 'listUsers', summary: 'List the users, by name' })
  @ApiOkResponse({ type: UserList, description: 'A page of users' })
  @ApiProblem(400, 'A query parameter is wrong')
  async list(@Query() { limit, cursor }: PageQuery): Promise<UserList> {
    const [after] = decodeCursor(cursor, 'users', 1) ?? [''];
    if (typeof after !== 'string') throw badCursor();
    const users = await this.users.list(after, limit + 1);
    return page('users', users, limit, (user) => [user.username]);
  }

  @Post()
  @ApiOperation({ operationId: 'createUser', summary: 'Create a user' })
  @ApiCreatedResponse({ type: User, description: 'The new user' })
  @ApiProblem(400, 'A field is missing, unknown or wrong')
  @ApiProblem(409, 'The name is taken')
  create(@Body() body: NewUser, @CurrentActor() by: Actor): Promise<User> {
    return this.users.create(body, by);
  }

  @Patch(':id')
  @ApiIdParam('The user’s `id`')
  @ApiOperation({
    operationId: 'changeUser',
    summary: "Change a user's name, role or password, disable or enable one",
    description:
      'Disabling ends the API keys of the user in the same step, or hands them to `keys_to`, and lists them. Enabling ' +
      'again brings none back.',
  })
  @ApiOkResponse({ type: ChangedUser, description: 'The user as changed' })
  @ApiProblem(400, 'A field is unknown or wrong, or none is given')
  @ApiProblem(404, 'There is no such user')
  @ApiProblem(409, 'The name is taken, or no enabled admin would be left')
  change(@IdParam() id: string, @Body() body: UserChange, @CurrentActor() by: Actor): Promise<ChangedUser> {
    return this.users.change(id, body, by);
  }

  @Delete(':id')
  @ApiIdParam('The user’s `id`')
  @ApiOperation({
    operationId: 'removeUser',
    summary: 'Remove a user',
    description: 'Ends their tokens, and in the same step their API keys, or hands these to `keys_to`, and lists them.',
  })
  @ApiOkResponse({ type: SettledKeys, description: 'Removed, and what became of the keys' })
  @ApiNoContentResponse({ description: 'Removed; there was no key' })
  @ApiProblem(400, 'The id is no UUID, or `keys_to` is no other enabled user')
  @ApiProblem(404, 'There is no such user')
  @ApiProblem(409, 'No enabled admin would be left')
  async remove(
    @IdParam() id: string,
    @Query() { keys_to }: RemovalQuery,
    @CurrentActor() by: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SettledKeys | undefined> {
    const keys = await this.users.remove(id, keys_to, by);
    if (keys.length > 0) return { keys };
    void reply.status(204);
    return undefined;
  }
}
