import { ApiProperty, OmitType, PickType } from '@nestjs/swagger';
import { PageView } from '../http/paging.js';
import { DeploymentChange } from './deployment-change.entity.js';
import { Deployment } from './deployment.entity.js';

/** A change that a deployment was the first to bring to its environment. */
export class CarriedChange extends OmitType(DeploymentChange, [
  'pipeline_id',
  'environment',
  'deployment_id',
  'finished_at',
]) {}

export class DeploymentView extends PickType(Deployment, [
  'pipeline_id',
  'environment',
  'deployment_id',
  'status',
  'started_at',
  'finished_at',
  'commit_id',
  'commits',
  'rollback',
  'rework',
  'failed_by',
  'recovered_at',
  'recovery_seconds',
  'url',
]) {
  @ApiProperty({
    description:
      'The first successful deployment of its environment: what it carries without naming it is not measured',
    example: false,
  })
  baseline!: boolean;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    description: 'How many changes it was the first to bring there',
    example: 1,
  })
  carried_count!: number;

  @ApiProperty({ type: [CarriedChange], maxItems: 20, description: 'The first 20 of them, those that count first' })
  carried!: CarriedChange[];

  @ApiProperty({ type: [String], description: 'The incidents that it caused', example: ['INC-7'] })
  incidents!: string[];
}

export class DeploymentPage extends PageView {
  @ApiProperty({ type: [DeploymentView] })
  items!: DeploymentView[];
}
