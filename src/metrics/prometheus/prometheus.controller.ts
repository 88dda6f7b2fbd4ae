import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { collectDefaultMetrics, register, Registry } from 'prom-client';
import { Access } from '../../auth/access.js';
import { Config } from '../../config/config.js';
import { ApiProblem } from '../../http/api-problem.js';
import { Problem } from '../../http/problem.js';
import { DoraGauges } from './dora-gauges.js';

@ApiTags('metrics')
@Controller('metrics')
@Access('public')
export class PrometheusController {
  constructor(
    private readonly config: Config,
    private readonly gauges: DoraGauges,
  ) {
    // Once a process, whose registry several apps share in tests.
    if (!register.getSingleMetric('process_start_time_seconds')) collectDefaultMetrics();
  }

  @Get()
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  @ApiOperation({
    operationId: 'getPrometheusMetrics',
    summary: 'What Prometheus scrapes',
    description:
      'Process, HTTP, ingest and webhook figures, and the DORA metrics of the last 30 days of each pipeline, at most a minute old. If `DEVOPSTIC_METRICS_TOKEN` is set, it must be sent as `Authorization: Bearer …`.',
    security: [{}, { bearer: [] }],
  })
  @ApiOkResponse({
    description: 'Prometheus text format',
    content: {
      'text/plain': {
        schema: { type: 'string' },
        example: 'devopstic_deployments_per_day{pipeline="shop"} 1.29\n',
      },
    },
  })
  @ApiProblem(401, 'The metrics token is set, and was not sent')
  async scrape(@Req() request: { headers: { authorization?: string } }): Promise<string> {
    this.check(request.headers.authorization);
    const dora = await this.gauges.fresh(new Date());
    return Registry.merge([register, dora]).metrics();
  }

  private check(authorization = ''): void {
    const { metrics_token } = this.config;
    const sent = authorization.replace(/^Bearer +/i, '').trim();
    if (metrics_token === null || timingSafeEqual(digest(sent), digest(metrics_token))) return;
    throw new Problem(401, 'Send the metrics token: Authorization: Bearer …', [], {
      'WWW-Authenticate': 'Bearer realm="devopstic metrics"',
    });
  }
}

/** Of equal length whatever was sent. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
