import { Module } from '@nestjs/common';
import { ScopeModule } from '../scope/scope.module.js';
import { Dora } from './dora.js';
import { DoraController } from './dora.controller.js';
import { Explain } from './explain.js';
import { Figures } from './figures.js';
import { DoraGauges } from './prometheus/dora-gauges.js';
import { HttpDurations } from './prometheus/http-durations.js';
import { PrometheusController } from './prometheus/prometheus.controller.js';
import { RollupSchedule } from './rollups/rollup-schedule.js';
import { Rollups } from './rollups/rollups.js';
import { Selections } from './selection.js';
import { TimeZones } from './time-zones.js';

/** The metrics, as the functions in schema `reporting` compute them. */
@Module({
  imports: [ScopeModule],
  controllers: [DoraController, PrometheusController],
  providers: [Dora, DoraGauges, Explain, Figures, HttpDurations, Rollups, RollupSchedule, Selections, TimeZones],
})
export class MetricsModule {}
