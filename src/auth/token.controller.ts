import { Body, Controller, Get, Header, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../audit/actor.js';
import { ApiProblem } from '../http/api-problem.js';
import { Problem } from '../http/problem.js';
import { Access } from './access.js';
import type { CallerRequest, Claims } from './caller.js';
import { Logins } from './logins.js';
import { Credentials } from './token.body.js';
import { Token } from './token.view.js';
import { Tokens } from './tokens.js';

@ApiTags('auth')
@Controller()
export class TokenController {
  constructor(
    private readonly logins: Logins,
    private readonly tokens: Tokens,
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
  ): Promise<Token> {
    const user = await this.logins.logIn(username, password, by);
    if (user) {
      // For the log alone: this route asks nothing of its caller.
      request.caller = { kind: 'user', id: user.id, name: user.username, may: new Set(), pipelines: null };
      return this.tokens.issue(user);
    }
    throw new Problem(401, 'Wrong username or password', [], { 'WWW-Authenticate': 'Bearer realm="devopstic"' });
  }

  @Get('refresh_token')
  @Header('Cache-Control', 'no-store')
  @Access('user')
  @ApiOperation({
    operationId: 'refreshToken',
    summary: 'Get a fresh token for a token that still holds',
    description: 'The old one goes on until it expires. Not for API keys.',
  })
  @ApiOkResponse({ type: Token, description: 'A token, and until when it holds' })
  refresh(@Req() { user }: { user: Claims }): Promise<Token> {
    // The token's own generation, not the user's: one that was ended elsewhere a second ago must not beget one that holds.
    return this.tokens.issue({ id: user.sub, token_version: user.ver });
  }
}
