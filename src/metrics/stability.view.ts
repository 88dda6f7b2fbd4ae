import { ApiProperty } from '@nestjs/swagger';
import { approximate, count, Judged, seconds } from './judged.view.js';

export class TimeToRestore extends Judged {
  @ApiProperty(count('Incidents resolved in range', 3))
  count!: number;

  @ApiProperty(count('Incidents open at the end of the range', 1))
  open!: number;

  @ApiProperty(seconds('Mean time from opened to resolved', 4200))
  mean!: number | null;

  @ApiProperty(seconds('Median time from opened to resolved', 2700))
  median!: number | null;

  @ApiProperty(seconds('90th percentile of the time from opened to resolved', 9000))
  p90!: number | null;

  @ApiProperty(approximate)
  approximate!: boolean;
}

export class FailedBy {
  @ApiProperty(count('It was reported as failed', 2))
  status!: number;

  @ApiProperty(count('It caused an incident', 1))
  incident!: number;

  @ApiProperty(count('It was rolled back', 0))
  rollback!: number;
}

export class ChangeFailureRate extends Judged {
  @ApiProperty(count('Deployments that finished in range, successful or failed', 42))
  deployments!: number;

  @ApiProperty(count('Those that count as failed', 3))
  failed!: number;

  @ApiProperty({
    description: 'failed ÷ deployments, 0 to 1; null of nothing',
    type: 'number',
    nullable: true,
    example: 0.0714,
  })
  rate!: number | null;

  @ApiProperty({ description: 'How many failed for each reason; one may have several', type: FailedBy })
  failed_by!: FailedBy;
}

export class FailedDeploymentRecoveryTime extends Judged {
  @ApiProperty(count('Failed deployments that finished in range and were recovered since', 3))
  count!: number;

  @ApiProperty(count('Failed deployments that finished in range and were not', 0))
  unrecovered!: number;

  @ApiProperty(seconds('Mean time from failure to recovery', 4000))
  mean!: number | null;

  @ApiProperty(seconds('Median time from failure to recovery', 2850))
  median!: number | null;

  @ApiProperty(seconds('90th percentile of the time from failure to recovery', 8000))
  p90!: number | null;

  @ApiProperty(approximate)
  approximate!: boolean;
}

export class ReworkRate {
  @ApiProperty(count('Deployments that finished in range, successful or failed', 42))
  deployments!: number;

  @ApiProperty(count('Those that were unplanned: hotfixes and rollbacks', 2))
  rework!: number;

  @ApiProperty({
    description: 'rework ÷ deployments, 0 to 1; null of nothing',
    type: 'number',
    nullable: true,
    example: 0.0476,
  })
  rate!: number | null;
}
