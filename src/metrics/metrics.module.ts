import { Module } from '@nestjs/common';
import { Dora } from './dora.js';
import { DoraController } from './dora.controller.js';
import { Explain } from './explain.js';
import { Figures } from './figures.js';
import { Selections } from './selection.js';
import { TimeZones } from './time-zones.js';

/** The metrics, as the functions in schema `reporting` compute them. */
@Module({
  controllers: [DoraController],
  providers: [Dora, Explain, Figures, Selections, TimeZones],
})
export class MetricsModule {}
