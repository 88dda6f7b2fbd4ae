import { Body, Controller, Get, Header, HttpCode, Post, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../audit/actor.js';
import { ApiProblem } from '../http/api-problem.js';
import { Problem } from '../http/problem.js';
import { Access } from './access.js';
import type { CallerRequest, Claims } from './caller.js';
import { Logins } from './logins.js';
import { CurrentOrigin, type Origin } from './origin.js';
import { Sessions } from './sessions.js';
import { Credentials } from './token.body.js';
import { Token } from './token.view.js';
import { Tokens } from './tokens.js';

@ApiTags('auth')
@Controller()
export class TokenController {
  constructor(
    private readonly logins: Logins,
    private readonly tokens: Tokens,
    private readonly sessions: Sessions,
  ) {}

  @Post('tokens')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @Access('public')
  @ApiOperation({
    operationId: 'createToken',
    summary: 'Log in',
    description: 'Answers a user token. An unknown user and a wrong password get the same answer.',
  })
  @ApiOkResponse({ type: Token, description: 'A token, and until when it holds' })
  @ApiProblem(400, 'A field is missing, unknown or not a string')
  @ApiProblem(401, 'Wrong username or password, or a disabled user')
  @ApiProblem(429, 'Too many wrong passwords for this user or from this address; `Retry-After` says when to try again')
  @ApiProblem(503, 'Too many logins at once, or the database is away; `Retry-After` says when to try again')
  async logIn(
    @Body() { username, password }: Credentials,
    @CurrentActor() by: Actor,
    @Req() request: CallerRequest,
    @CurrentOrigin() from: Origin,
  ): Promise<Token> {
    const user = await this.logins.prove(username, password, by);
    if (user) {
      // For the log alone: this route asks nothing of its caller.
      request.caller = { kind: 'user', id: user.id, name: user.username, may: new Set(), pipelines: null };
      return this.tokens.issue(user, await this.sessions.open(user, from, by));
    }
    throw new Problem(401, 'Wrong username or password', [], { 'WWW-Authenticate': 'Bearer realm="devopstic"' });
  }

  @Get('refresh_token')
  @Header('Cache-Control', 'no-store')
  @Access('user')
  @ApiOperation({
    operationId: 'refreshToken',
    summary: 'Get a fresh token for a token that still holds',
    description:
      'The old one goes on until it expires. No token of a session holds longer than 30 days from the login, or than ' +
      '`DEVOPSTIC_TOKEN_TTL` where that is longer. Not for API keys.',
  })
  @ApiOkResponse({ type: Token, description: 'A token, and until when it holds' })
  async refresh(@Req() { user }: { user: Claims }, @CurrentOrigin() from: Origin): Promise<Token> {
    const session = await this.sessions.renew(user, from);
    // The token's own generation, not the user's: one that was ended elsewhere a second ago must not beget one that holds.
    return this.tokens.issue({ id: user.sub, token_version: user.ver }, session);
  }

  @Post('logout')
  @HttpCode(204)
  @Access('user')
  @ApiOperation({
    operationId: 'logOut',
    summary: 'Log out',
    description:
      'Ends the session of the token, and so every token that came of the same login: at once here, within three seconds ' +
      'elsewhere. API keys go on.',
  })
  @ApiNoContentResponse({ description: 'Ended' })
  logOut(@Req() { user }: { user: Claims }, @CurrentActor() by: Actor): Promise<void> {
    return this.sessions.endOf(user, by);
  }
}
