import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access.js';
import { CurrentCaller, type Caller } from '../auth/caller.js';
import { ApiProblem } from '../http/api-problem.js';
import { AlsoCsv } from './csv.interceptor.js';
import { Dora } from './dora.js';
import { ExplainQuery, PipelinesQuery, SeriesQuery, SummaryQuery } from './dora.query.js';
import { PipelinesView, SeriesView, SummaryView } from './dora.view.js';
import { EXPLAIN_EXAMPLE, PIPELINES_EXAMPLE, SERIES_EXAMPLE, SUMMARY_EXAMPLE } from './examples.js';
import { EXPLAINED } from './explain.doc.js';
import { Explain } from './explain.js';
import { ExplainView } from './explain.view.js';

@ApiTags('metrics')
@Controller('dora')
@Access('read')
@ApiProblem(400, 'A query parameter is wrong: `errors` names it')
@ApiProblem(403, 'The credential may not read, or is limited to other pipelines than those named')
@ApiProblem(503, 'The database is away')
export class DoraController {
  constructor(
    private readonly dora: Dora,
    private readonly explanations: Explain,
  ) {}

  @Get('summary')
  @ApiOperation({
    operationId: 'getDoraSummary',
    summary: 'All metrics of a range, for the chosen pipelines together',
    description: 'Durations are in seconds. Counts of nothing are 0; durations and ratios of nothing are null.',
  })
  @AlsoCsv({ view: SummaryView, rows: (summary) => [summary], example: SUMMARY_EXAMPLE })
  summary(@Query() query: SummaryQuery, @CurrentCaller() caller: Caller): Promise<SummaryView> {
    return this.dora.summary(query, caller, new Date());
  }

  @Get('series')
  @ApiOperation({
    operationId: 'getDoraSeries',
    summary: 'The same for every day, week or month of a range',
    description:
      'Every bucket of the range is there, empty ones too. A value belongs to the bucket in which it ended: the deployment finished, the incident was resolved. What is open or waiting is told as of the end of each bucket.',
  })
  @AlsoCsv({ view: SeriesView, rows: seriesRows, example: SERIES_EXAMPLE })
  series(@Query() query: SeriesQuery, @CurrentCaller() caller: Caller): Promise<SeriesView> {
    return this.dora.series(query, caller, new Date());
  }

  @Get('pipelines')
  @ApiOperation({ operationId: 'getDoraPipelines', summary: 'The same for each pipeline' })
  @AlsoCsv({ view: PipelinesView, rows: pipelineRows, example: PIPELINES_EXAMPLE })
  pipelines(@Query() query: PipelinesQuery, @CurrentCaller() caller: Caller): Promise<PipelinesView> {
    return this.dora.pipelines(query, caller, new Date());
  }

  @Get('explain')
  @ApiOperation({
    operationId: 'explainDora',
    summary: 'The rows that a metric was computed from, and those left out of it with the reason',
    description: EXPLAINED,
  })
  @AlsoCsv({ view: ExplainView, rows: ({ items }) => items, example: EXPLAIN_EXAMPLE })
  explain(@Query() query: ExplainQuery, @CurrentCaller() caller: Caller): Promise<ExplainView> {
    return this.explanations.explain(query, caller, new Date());
  }
}

function seriesRows({ items, ...about }: SeriesView): object[] {
  return withAbout(about, items);
}

function pipelineRows({ items, count: _count, limit: _limit, next: _next, ...about }: PipelinesView): object[] {
  return withAbout(about, items);
}

/** Each item with what the whole answer is about: a table has no head to say it in. */
function withAbout(about: object, items: object[]): object[] {
  return items.map((item) => ({ ...about, ...item }));
}
