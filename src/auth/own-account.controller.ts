import { Body, Controller, Get, Header, Put, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../audit/actor.js';
import { ApiProblem } from '../http/api-problem.js';
import { Problem } from '../http/problem.js';
import { Access } from './access.js';
import { CurrentCaller, type Caller, type Claims } from './caller.js';
import { Logins } from './logins.js';
import { Sessions } from './sessions.js';
import { Token } from './token.view.js';
import { Tokens } from './tokens.js';
import { PasswordChange } from './user.body.js';
import { User } from './user.entity.js';
import { Users } from './users.js';

/** What every user may do with their own account, whatever their role. */
@ApiTags('users')
@Controller('users/me')
@Access('user')
export class OwnAccountController {
  constructor(
    private readonly users: Users,
    private readonly logins: Logins,
    private readonly tokens: Tokens,
    private readonly sessions: Sessions,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'getOwnUser', summary: 'Who am I' })
  @ApiOkResponse({ type: User, description: 'The user whose token it is' })
  @ApiProblem(404, 'The user has just been removed')
  get(@CurrentCaller() caller: Caller): Promise<User> {
    return this.users.get(caller.id);
  }

  @Put('password')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'changeOwnPassword',
    summary: 'Change my password',
    description:
      'Ends all tokens issued before, this one included, and all other sessions. Answers a fresh token, which ends with ' +
      'the session of this one.',
  })
  @ApiOkResponse({ type: Token, description: 'A token, and until when it holds' })
  @ApiProblem(400, 'A field is missing, unknown or wrong')
  @ApiProblem(403, 'The current password is wrong, or the credential is an API key')
  @ApiProblem(409, 'The account was changed by somebody else at the same time')
  @ApiProblem(429, 'Too many wrong passwords; `Retry-After` says when to try again')
  async changePassword(
    @Body() { current_password, new_password }: PasswordChange,
    @CurrentCaller() caller: Caller,
    @CurrentActor() by: Actor,
    @Req() { user: claims }: { user: Claims },
  ): Promise<Token> {
    const proven = await this.logins.prove(caller.name, current_password, by);
    // Another may bear the name by now, if it was changed a moment ago by another replica.
    if (proven?.id !== caller.id) {
      const detail = 'current_password is wrong';
      throw new Problem(403, detail, [{ pointer: '/current_password', detail }]);
    }
    const user = await this.users.changeOwnPassword(proven, new_password, claims.sid ?? null, by);
    const origin = { address: by.address ?? '', agent: null };
    return this.tokens.issue(user, await this.sessions.renew({ ...claims, ver: user.token_version }, origin));
  }
}
