import { Module } from '@nestjs/common';
import { PipelineList } from './pipeline-list.js';
import { PipelinesController } from './pipelines.controller.js';

@Module({ controllers: [PipelinesController], providers: [PipelineList] })
export class PipelinesModule {}
