import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Access } from '../auth/access.js';
import { isMigrated } from '../database/migrate.js';
import { ApiProblem } from '../http/api-problem.js';
import { Problem } from '../http/problem.js';
import { Readiness } from './readiness.js';

/** Whoever asks does not wait for ever, and has to be told before it gives up. */
const PATIENCE_MS = 5000;

class HealthView {
  @ApiProperty({ description: 'Always ok: anything else is an error', example: 'ok' })
  status!: string;
}

@ApiTags('health')
@Access('public')
@Controller('health')
export class HealthController {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly readiness: Readiness,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'getHealth',
    summary: 'Is the process alive?',
    description: 'Says nothing about the database.',
    security: [],
  })
  @ApiOkResponse({ type: HealthView, description: 'It is' })
  live(): HealthView {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({
    operationId: 'getReadiness',
    summary: 'Can it serve requests?',
    description:
      'The start is done, the database answers and is migrated, and events can be written: the last could, or that was ' +
      'tried 10 seconds ago, and none has been waiting for 30.',
    security: [],
  })
  @ApiOkResponse({ type: HealthView, description: 'It can' })
  @ApiProblem(503, 'Not now: `detail` says why')
  async ready(): Promise<HealthView> {
    const hindered = this.readiness.hindered();
    if (hindered !== null) throw notReady(hindered);
    const migrated = await Promise.race([isMigrated(this.dataSource), sleep(PATIENCE_MS, null, { ref: false })]);
    if (migrated === null) throw notReady('The database takes too long to answer');
    if (!migrated) throw notReady('The database is not migrated');
    return { status: 'ok' };
  }
}

function notReady(reason: string): Problem {
  return new Problem(503, reason, [], { 'Retry-After': '5' });
}
