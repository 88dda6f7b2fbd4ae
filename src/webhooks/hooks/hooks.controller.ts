import { Body, Controller, Delete, Get, HttpCode, Post, Put, Query, Res } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Actor, CurrentActor } from '../../audit/actor.js';
import { Access } from '../../auth/access.js';
import { ApiProblem } from '../../http/api-problem.js';
import { TakesBody } from '../../http/body.js';
import { badCursor, decodeCursor, page, PageQuery } from '../../http/paging.js';
import { readDeclaration } from './declaration.reader.js';
import { ApiHookName, HookName } from './hook-name.js';
import { HookTrial } from './hook-trial.js';
import { HookListView, HookView, TrialView } from './hook.view.js';
import { Hooks } from './hooks.js';
import { refused } from './trial.reader.js';

const LARGEST_DECLARATION = 65_536;

@ApiTags('webhooks')
@Controller('hooks')
@Access('admin')
export class HooksController {
  constructor(
    private readonly hooks: Hooks,
    private readonly trial: HookTrial,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listHooks', summary: 'List the declared hooks, by name' })
  @ApiOkResponse({ type: HookListView, description: 'A page of hooks, without their secrets' })
  @ApiProblem(400, 'A query parameter is wrong')
  async list(@Query() { limit, cursor }: PageQuery): Promise<HookListView> {
    const [after] = decodeCursor(cursor, 'hooks', 1) ?? [''];
    if (typeof after !== 'string') throw badCursor();
    return page('hooks', await this.hooks.list(after, limit + 1), limit, ({ name }) => [name]);
  }

  @Get(':name')
  @ApiOperation({ operationId: 'getHook', summary: 'Show a declared hook' })
  @ApiOkResponse({ type: HookView, description: 'The hook, without its secrets' })
  @ApiHookName()
  @ApiProblem(404, 'There is no such hook')
  show(@HookName() name: string): Promise<HookView> {
    return this.hooks.show(name);
  }

  @Put(':name')
  @TakesBody({ limit: LARGEST_DECLARATION })
  @ApiOperation({
    operationId: 'declareHook',
    summary: 'Declare a hook, or declare it anew',
    description:
      'Says what deliveries to POST /hooks/{name} mean. It counts at once, for replays too; within three seconds in ' +
      'other replicas. `from` starts from a shipped declaration, and the whole of it is what is saved.',
  })
  @ApiHookName()
  @ApiBody({
    schema: {
      anyOf: [{ $ref: '#/components/schemas/HookDeclaration' }, { $ref: '#/components/schemas/HookStart' }],
    },
  })
  @ApiResponse({ status: 201, type: HookView, description: 'Declared' })
  @ApiResponse({ status: 200, type: HookView, description: 'Declared anew' })
  @ApiProblem(400, 'The declaration is wrong: `errors` has everything that is')
  async declare(
    @HookName() name: string,
    @Body() body: unknown,
    @CurrentActor() by: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HookView> {
    const read = readDeclaration(body);
    if ('errors' in read) throw refused('The declaration is not valid', read.errors);
    const { created, ...hook } = await this.hooks.save(name, read, by);
    void reply.status(created ? 201 : 200);
    return hook;
  }

  @Delete(':name')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'removeHook',
    summary: 'Remove a hook',
    description: 'Its path answers 404 from then on. Its deliveries stay in the list, and what they told is kept.',
  })
  @ApiHookName()
  @ApiNoContentResponse({ description: 'Removed' })
  @ApiProblem(404, 'There is no such hook')
  remove(@HookName() name: string, @CurrentActor() by: Actor): Promise<void> {
    return this.hooks.remove(name, by);
  }

  @Post(':name/try')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'tryHook',
    summary: 'Show what would become of a payload',
    description: 'By the saved declaration, or by one that is sent with it. Nothing is stored, and nothing counted.',
  })
  @ApiHookName()
  @ApiBody({ schema: { $ref: '#/components/schemas/HookTrial' } })
  @ApiOkResponse({ type: TrialView, description: 'The events that it would tell, or why it would tell none' })
  @ApiProblem(400, 'The trial, or the declaration in it, is wrong')
  @ApiProblem(404, 'There is no such hook, and no declaration is sent')
  @ApiProblem(409, 'The saved declaration has to be made anew, and no other is sent')
  try(@HookName() name: string, @Body() body: unknown): Promise<TrialView> {
    return this.trial.run(name, body, new Date());
  }
}
