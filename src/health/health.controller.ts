import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Access } from '../auth/access.js';
import { isMigrated } from '../database/migrate.js';
import { ApiProblem } from '../http/api-problem.js';
import { Problem } from '../http/problem.js';

export class HealthView {
  @ApiProperty({ description: 'Always ok: anything else is an error', example: 'ok' })
  status!: string;
}

@ApiTags('health')
@Access('public')
@Controller('health')
export class HealthController {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

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
    description: 'The database answers and is migrated.',
    security: [],
  })
  @ApiOkResponse({ type: HealthView, description: 'It can' })
  @ApiProblem(503, 'Not now: the database is away or not migrated')
  async ready(): Promise<HealthView> {
    if (await isMigrated(this.dataSource)) return { status: 'ok' };
    throw new Problem(503, 'The database is not migrated', [], { 'Retry-After': '5' });
  }
}
