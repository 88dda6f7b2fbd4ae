import { ApiProperty } from '@nestjs/swagger';
import { ChangeFailureRate, FailedDeploymentRecoveryTime, ReworkRate, TimeToRestore } from './stability.view.js';
import { DeploymentFrequency, LeadTime, WorkWaiting } from './throughput.view.js';

/** All metrics of one range. */
export class MetricsView {
  @ApiProperty({ type: DeploymentFrequency })
  deployment_frequency!: DeploymentFrequency;

  @ApiProperty({ type: LeadTime })
  lead_time!: LeadTime;

  @ApiProperty({ type: TimeToRestore })
  time_to_restore!: TimeToRestore;

  @ApiProperty({ type: ChangeFailureRate })
  change_failure_rate!: ChangeFailureRate;

  @ApiProperty({ type: FailedDeploymentRecoveryTime })
  failed_deployment_recovery_time!: FailedDeploymentRecoveryTime;

  @ApiProperty({ type: ReworkRate })
  rework_rate!: ReworkRate;

  @ApiProperty({ type: WorkWaiting })
  work_waiting!: WorkWaiting;
}

/** The same as plain data, to make other answers of. */
export type Metrics = { [Name in keyof MetricsView]: MetricsView[Name] };
