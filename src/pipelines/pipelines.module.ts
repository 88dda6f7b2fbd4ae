import { Module } from '@nestjs/common';
import { ScopeModule } from '../scope/scope.module.js';
import { PipelineList } from './pipeline-list.js';
import { PipelinesController } from './pipelines.controller.js';

@Module({ imports: [ScopeModule], controllers: [PipelinesController], providers: [PipelineList] })
export class PipelinesModule {}
