import { Module } from '@nestjs/common';
import { ScopeModule } from '../scope/scope.module.js';
import { IncidentList } from './incident-list.js';
import { IncidentsController } from './incidents.controller.js';

@Module({ imports: [ScopeModule], controllers: [IncidentsController], providers: [IncidentList] })
export class IncidentsModule {}
