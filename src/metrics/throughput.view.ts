import { ApiProperty } from '@nestjs/swagger';
import { approximate, count, Judged, seconds } from './judged.view.js';

export class DeploymentFrequency extends Judged {
  @ApiProperty(count('Deployments that finished in range, successful or failed', 42))
  deployments!: number;

  @ApiProperty(count('Those that succeeded: what per_day and the level count', 40))
  successful!: number;

  @ApiProperty(count('Those that count as failed, for whatever reason', 3))
  failed!: number;

  @ApiProperty({ description: 'Successful deployments by the (fractional) days of the range', example: 1.29 })
  per_day!: number;

  @ApiProperty(count('Local days on which a deployment succeeded', 20))
  days_with_deployment!: number;
}

/** What is said of a duration, computed from the values themselves. */
export class Statistics {
  @ApiProperty(count('How many values there are', 55))
  count!: number;

  @ApiProperty(seconds('Their mean', 41_000))
  mean!: number | null;

  @ApiProperty(seconds('Their median, interpolated', 36_000))
  median!: number | null;

  @ApiProperty(seconds('Their 90th percentile, interpolated', 80_000))
  p90!: number | null;
}

export class LeadTime extends Judged {
  @ApiProperty(count('Changes first carried by a successful deployment that finished in range', 55))
  count!: number;

  @ApiProperty(approximate)
  approximate!: boolean;

  @ApiProperty({
    description: 'From submitted for review to deployed, without the time of being a draft again',
    type: Statistics,
  })
  total!: Statistics;

  @ApiProperty({
    description:
      'From submitted to approved, without the time of being a draft again; of the changes that were approved',
    type: Statistics,
  })
  review!: Statistics;

  @ApiProperty({ description: 'From approved (or else submitted) to deployed', type: Statistics })
  deployment!: Statistics;

  @ApiProperty({ description: "From committed to deployed: DORA's, whose median the level judges", type: Statistics })
  commit_to_deploy!: Statistics;
}

export class WorkWaiting {
  @ApiProperty(count('Changes landed and not yet carried by a deployment, at the end of the range', 4))
  count!: number;

  @ApiProperty(seconds('How long the oldest has been waiting', 86_400))
  oldest!: number | null;

  @ApiProperty(seconds('Median of how long they have been waiting', 3600))
  median!: number | null;
}
