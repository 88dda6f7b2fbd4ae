import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../audit/actor.js';
import { Access } from '../auth/access.js';
import { CurrentCaller, type Caller } from '../auth/caller.js';
import { ApiProblem } from '../http/api-problem.js';
import { badCursor, decodeCursor, page, PageQuery } from '../http/paging.js';
import { Problem } from '../http/problem.js';
import { NewScope } from './scope.body.js';
import { ScopeInForce, ScopeVersionPage } from './scope.view.js';
import { Scopes } from './scopes.js';

@ApiTags('scope')
@Controller('scope')
@Access('admin')
export class ScopeController {
  constructor(private readonly scopes: Scopes) {}

  @Get()
  @Access('read')
  @ApiOperation({
    operationId: 'getScope',
    summary: 'The rules in force, and their version',
    description: 'Not for keys that are limited to pipelines: the rules name others.',
  })
  @ApiOkResponse({ type: ScopeInForce, description: 'All rules' })
  @ApiProblem(403, 'The credential may not read, or is limited to pipelines')
  inForce(@CurrentCaller() caller: Caller): Promise<ScopeInForce> {
    if (caller.pipelines !== null) throw new Problem(403, 'The key is limited to pipelines: the rules name others');
    return this.scopes.inForce();
  }

  @Put()
  @ApiOperation({
    operationId: 'putScope',
    summary: 'Make other rules, all of them',
    description:
      'They count for what comes from now on, and for deliveries that are replayed; `production_environments` and ' +
      '`bot_authors` for everything, once the rows are derived again. Rules that are in force already make no new version.',
  })
  @ApiOkResponse({ type: ScopeInForce, description: 'The rules in force' })
  @ApiProblem(400, 'A field is missing, unknown or wrong')
  @ApiProblem(409, 'Somebody else has changed the rules since')
  change(@Body() body: NewScope, @CurrentActor() by: Actor): Promise<ScopeInForce> {
    return this.scopes.change(body, by);
  }

  @Get('versions')
  @ApiOperation({ operationId: 'listScopeVersions', summary: 'All versions of the rules, newest first' })
  @ApiOkResponse({ type: ScopeVersionPage, description: 'One page' })
  @ApiProblem(400, 'A query parameter is wrong')
  async versions(@Query() { limit, cursor }: PageQuery): Promise<ScopeVersionPage> {
    const [before = null] = decodeCursor(cursor, 'scope/versions', 1) ?? [];
    if (cursor !== undefined && !isVersion(before)) throw badCursor();
    return page(
      'scope/versions',
      await this.scopes.versions(before as number | null, limit + 1),
      limit,
      ({ version }) => [version],
    );
  }
}

/** Of no more than an integer of Postgres can hold. */
function isVersion(value: unknown): boolean {
  return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
}
