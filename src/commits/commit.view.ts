import { ApiProperty, PickType } from '@nestjs/swagger';
import { PageView } from '../http/paging.js';
import { LeadTime } from '../pipelines/lead-time.js';
import { Commit } from './commit.entity.js';

export const STATES = ['committed', 'submitted', 'approved', 'deployed'] as const;

/** Where a change was first deployed to one environment, and how long it took to get there. */
export class FirstDeployment extends LeadTime {
  @ApiProperty({ example: 'production' })
  environment!: string;

  @ApiProperty({ description: 'The first successful deployment there that contains the change', example: '4711' })
  deployment_id!: string;

  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-02T10:30:00.000Z' })
  finished_at!: string;
}

export class CommitView extends PickType(Commit, [
  'pipeline_id',
  'commit_id',
  'alias_of',
  'committed_at',
  'submitted_at',
  'approved_at',
  'landed_at',
  'first_review_at',
  'first_approval_at',
  'parents',
  'pull_request_ids',
  'reverts',
  'bot',
  'rework',
  'outside',
  'url',
]) {
  @ApiProperty({
    enum: STATES,
    description: 'How far its change has come; `deployed`: a successful deployment carries it',
    example: 'deployed',
  })
  state!: (typeof STATES)[number];

  @ApiProperty({
    type: [FirstDeployment],
    description: 'Where its change was first deployed, one an environment, in the order of time',
  })
  deployments!: FirstDeployment[];
}

export class CommitPage extends PageView {
  @ApiProperty({ type: [CommitView] })
  items!: CommitView[];
}
