import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblem } from '../http/api-problem.js';
import { badCursor, decodeCursor, page, PageQuery } from '../http/paging.js';
import { Access } from './access.js';
import { ApiIdParam, IdParam } from './id-param.js';
import { NewUser, UserChange } from './user.body.js';
import { User } from './user.entity.js';
import { UserList } from './user.view.js';
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
    const [after] = decodeCursor(cursor, 1) ?? [''];
    if (typeof after !== 'string') throw badCursor();
    const users = await this.users.list(after, limit + 1);
    return page(users, limit, (user) => [user.username]);
  }

  @Post()
  @ApiOperation({ operationId: 'createUser', summary: 'Create a user' })
  @ApiCreatedResponse({ type: User, description: 'The new user' })
  @ApiProblem(400, 'A field is missing, unknown or wrong')
  @ApiProblem(409, 'The name is taken')
  create(@Body() body: NewUser): Promise<User> {
    return this.users.create(body);
  }

  @Patch(':id')
  @ApiIdParam('The user’s `id`')
  @ApiOperation({ operationId: 'changeUser', summary: "Change a user's role or password, disable or enable one" })
  @ApiOkResponse({ type: User, description: 'The user as changed' })
  @ApiProblem(400, 'A field is unknown or wrong, or none is given')
  @ApiProblem(404, 'There is no such user')
  @ApiProblem(409, 'No enabled admin would be left')
  change(@IdParam() id: string, @Body() body: UserChange): Promise<User> {
    return this.users.change(id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiIdParam('The user’s `id`')
  @ApiOperation({
    operationId: 'removeUser',
    summary: 'Remove a user',
    description: 'Ends their tokens. API keys that they created go on.',
  })
  @ApiNoContentResponse({ description: 'Removed' })
  @ApiProblem(400, 'The id is no UUID')
  @ApiProblem(404, 'There is no such user')
  @ApiProblem(409, 'No enabled admin would be left')
  remove(@IdParam() id: string): Promise<void> {
    return this.users.remove(id);
  }
}
