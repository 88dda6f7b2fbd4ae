import { Body, Controller, HttpCode, Post, Query, Res, UseGuards } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access.js';
import { type Caller, CurrentCaller } from '../auth/caller.js';
import { ApiProblem } from '../http/api-problem.js';
import { MEBIBYTE, TakesBody } from '../http/body.js';
import { BodyStream } from '../http/body-stream.js';
import { Problem } from '../http/problem.js';
import type { AnyIterable, BatchItem } from './batch-chunks.js';
import { BatchIntake, BatchResult } from './batch-intake.js';
import { BatchQuery } from './batch.query.js';
import type { StoredEvent } from './event.js';
import { BATCH_EXAMPLES, EVENT_EXAMPLES } from './event.examples.js';
import { EventIntake } from './event-intake.js';
import { readNdjson } from './ndjson.js';
import { UrlKeyGuard } from './url-key.guard.js';

const MOST_ITEMS = 10_000;
const EVENT = { $ref: '#/components/schemas/Event' };
const STORED_EVENT = { $ref: '#/components/schemas/StoredEvent' };

/** The part of Fastify's reply that says whether the event is new. */
interface Reply {
  status(code: number): unknown;
}

@ApiTags('events')
@Controller()
export class EventsController {
  constructor(
    private readonly intake: EventIntake,
    private readonly batches: BatchIntake,
  ) {}

  @Post('events')
  @Access('write')
  @ApiOperation({
    operationId: 'sendEvent',
    summary: 'Send one event',
    description:
      'Answered once the event and everything that follows from it are durably stored. Sending it again changes nothing.',
  })
  @ApiBody({ schema: EVENT, examples: EVENT_EXAMPLES })
  @ApiResponse({ status: 201, description: 'Stored now.', schema: STORED_EVENT })
  @ApiResponse({ status: 200, description: 'Was stored before, with the same content.', schema: STORED_EVENT })
  @ApiProblem(400, 'A field is missing, unknown or wrong')
  @ApiProblem(409, 'An event with this id and other content is stored')
  async create(
    @Body() body: unknown,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StoredEvent> {
    const { created, event } = await this.intake.take(body, caller, new Date());
    reply.status(created ? 201 : 200);
    return event;
  }

  @Post('events/batch')
  @Access('write')
  @HttpCode(200)
  @TakesBody({ limit: 25 * MEBIBYTE, ndjson: true })
  @ApiOperation({
    operationId: 'sendEvents',
    summary: 'Send many events',
    description:
      'A JSON array of up to 10,000 events and 25 MiB, or NDJSON: one event a line. NDJSON is read as a stream, no faster than it is stored, and may have any length; a line has at most 1 MiB. Each item stands alone: the others are stored if one is rejected. If a batch ends early (the sender breaks off or sends nothing for a minute, the database goes away, the service stops), the problem says in `progress` how many items from its beginning are settled; sending all of it again is safe as well.',
  })
  @ApiConsumes('application/json', 'application/x-ndjson')
  @ApiBody({ schema: { type: 'array', maxItems: MOST_ITEMS, items: EVENT }, examples: BATCH_EXAMPLES })
  @ApiResponse({ status: 200, description: 'What became of the items.', type: BatchResult })
  @ApiProblem(408, 'Nothing more of an NDJSON body came for a minute: see `progress`')
  @ApiProblem(413, 'A JSON array is larger than 25 MiB')
  @ApiProblem(
    503,
    'The database is away, too many events wait, too much is taken in at once, or the service stops: see `progress`',
  )
  async createMany(
    @Body() body: unknown,
    @Query() { repeated_since }: BatchQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<BatchResult> {
    return this.batches.take(itemsOf(body), caller, new Date(), repeated_since ? new Date(repeated_since) : null);
  }

  @Post('webhook/:key/events')
  @Access('public')
  @UseGuards(UrlKeyGuard)
  @ApiOperation({
    operationId: 'sendEventByUrl',
    summary: 'Send one event, authenticated by the URL',
    description:
      'As POST /events, for senders that cannot set headers. The key needs the scope events:write; it is never logged.',
    security: [],
  })
  @ApiBody({ schema: EVENT, examples: EVENT_EXAMPLES })
  @ApiResponse({ status: 201, description: 'Stored now.', schema: STORED_EVENT })
  @ApiResponse({ status: 200, description: 'Was stored before, with the same content.', schema: STORED_EVENT })
  @ApiParam({
    name: 'key',
    type: 'string',
    description: 'An API key',
    example: 'dvo_Qm3x9TzKexampleexampleexampleexampleexampleexampleexamp',
  })
  @ApiProblem(400, 'A field is missing, unknown or wrong')
  @ApiProblem(401, 'The key is unknown, expired or revoked')
  @ApiProblem(403, 'The key may not send events, or not for this pipeline')
  @ApiProblem(409, 'An event with this id and other content is stored')
  async createByUrl(
    @Body() body: unknown,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StoredEvent> {
    return this.create(body, caller, reply);
  }
}

/** The items of a batch body: an array, or the bytes of NDJSON. */
function itemsOf(body: unknown): AnyIterable<BatchItem> {
  if (body instanceof BodyStream) return readNdjson(body);
  const wrong = Array.isArray(body)
    ? body.length > MOST_ITEMS && `must not have more than ${MOST_ITEMS} items; send NDJSON instead`
    : 'must be an array of events';
  if (wrong) throw new Problem(400, 'The batch is not valid', [{ pointer: '', detail: wrong }]);
  return (body as unknown[]).map((value) => ({ value }));
}
