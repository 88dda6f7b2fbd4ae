import { Module } from '@nestjs/common';
import { PipelineChoice } from './pipeline-choice.js';
import { ScopeController } from './scope.controller.js';
import { Scopes } from './scopes.js';
import { TeamsController } from './teams.controller.js';

/** The rules by which deliveries are read, and the teams. */
@Module({
  controllers: [ScopeController, TeamsController],
  providers: [PipelineChoice, Scopes],
  exports: [PipelineChoice, Scopes],
})
export class ScopeModule {}
