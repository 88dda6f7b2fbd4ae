import { Body, Controller, Delete, Get, Header, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import { type Actor, CurrentActor } from '../audit/actor.js';
import { ApiProblem } from '../http/api-problem.js';
import { placeOf } from '../http/list.query.js';
import { badCursor, page, PageQuery } from '../http/paging.js';
import { Access } from './access.js';
import { ApiKeyChange, NewApiKey } from './api-key.body.js';
import { ApiKey } from './api-key.entity.js';
import { ApiKeyList, CreatedApiKey } from './api-key.view.js';
import { ApiKeys } from './api-keys.js';
import { CurrentCaller, type Caller } from './caller.js';
import { ApiIdParam, IdParam } from './id-param.js';

@ApiTags('api-keys')
@Controller('api-keys')
@Access('admin')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeys) {}

  @Get()
  @ApiOperation({
    operationId: 'listApiKeys',
    summary: 'List the API keys, newest first',
    description: 'Revoked and expired ones included; never the secrets.',
  })
  @ApiOkResponse({ type: ApiKeyList, description: 'A page of keys' })
  @ApiProblem(400, 'A query parameter is wrong')
  async list(@Query() { limit, cursor }: PageQuery): Promise<ApiKeyList> {
    const keys = await this.keys.list(lastMade('api-keys', cursor), limit + 1);
    return page('api-keys', keys, limit, (key) => [key.created_at.toISOString(), key.id]);
  }

  @Post()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'createApiKey',
    summary: 'Create an API key',
    description: 'The answer is the only time that the secret is shown.',
  })
  @ApiCreatedResponse({ type: CreatedApiKey, description: 'The new key with its secret' })
  @ApiProblem(400, 'A field is missing, unknown or wrong')
  create(@Body() body: NewApiKey, @CurrentCaller() caller: Caller, @CurrentActor() by: Actor): Promise<CreatedApiKey> {
    return this.keys.create(body, caller, by);
  }

  @Patch(':id')
  @ApiIdParam('The key’s `id`')
  @ApiOperation({
    operationId: 'changeApiKey',
    summary: 'Give an API key to a user',
    description: 'Who answers for it, and with whom it ends: for a key that belongs to nobody, or to somebody else.',
  })
  @ApiOkResponse({ type: ApiKey, description: 'The key as changed' })
  @ApiProblem(400, 'There is no such enabled user, or a field is missing or unknown')
  @ApiProblem(404, 'There is no such key')
  @ApiProblem(409, 'The key is revoked')
  change(@IdParam() id: string, @Body() { owner_id }: ApiKeyChange, @CurrentActor() by: Actor): Promise<ApiKey> {
    return this.keys.giveTo(owner_id, id, by);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiIdParam('The key’s `id`')
  @ApiOperation({
    operationId: 'revokeApiKey',
    summary: 'Revoke an API key',
    description: 'It stays in the list with the time of its revocation; revoking it again changes nothing.',
  })
  @ApiNoContentResponse({ description: 'Revoked' })
  @ApiProblem(400, 'The id is no UUID')
  @ApiProblem(404, 'There is no such key')
  revoke(@IdParam() id: string, @CurrentActor() by: Actor): Promise<void> {
    return this.keys.revoke(id, by);
  }
}

/** A cursor that somebody made up must not reach the query. */
export function lastMade(list: string, cursor: string | undefined): Pick<ApiKey, 'created_at' | 'id'> | null {
  if (cursor === undefined) return null;
  const [at, id] = placeOf(cursor, list, 2);
  if (typeof at !== 'string' || typeof id !== 'string' || !isUUID(id)) throw badCursor();
  return { created_at: new Date(at), id };
}
