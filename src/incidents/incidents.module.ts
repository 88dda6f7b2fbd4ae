import { Module } from '@nestjs/common';
import { IncidentList } from './incident-list.js';
import { IncidentsController } from './incidents.controller.js';

@Module({ controllers: [IncidentsController], providers: [IncidentList] })
export class IncidentsModule {}
