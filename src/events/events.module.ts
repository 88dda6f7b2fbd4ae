import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { ScopeModule } from '../scope/scope.module.js';
import { BatchIntake } from './batch-intake.js';
import { DueRebuild } from './due-rebuild.js';
import { EventIntake } from './event-intake.js';
import { EventListController } from './event-list.controller.js';
import { EventList } from './event-list.js';
import { EventLog } from './event-log.js';
import { EventRecorder } from './event-recorder.js';
import { EventsController } from './events.controller.js';
import { FormsController } from './forms.controller.js';
import { IngestMeter } from './ingest-meter.js';
import { Rebuild } from './rebuild.js';
import { Revisions } from './revisions.js';
import { TableStatistics } from './table-statistics.js';

@Module({
  imports: [AuthModule, ScopeModule],
  controllers: [EventsController, EventListController, FormsController],
  providers: [
    IngestMeter,
    BatchIntake,
    DueRebuild,
    EventIntake,
    EventList,
    EventLog,
    EventRecorder,
    Rebuild,
    Revisions,
    TableStatistics,
  ],
  exports: [EventRecorder, Rebuild, Revisions, TableStatistics],
})
export class EventsModule {}
