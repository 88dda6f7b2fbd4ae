import { ApiProperty } from '@nestjs/swagger';
import { PageView } from '../http/paging.js';
import { Pipeline } from './pipeline.entity.js';

const count = (what: string, example: number) => ({
  type: 'integer' as const,
  minimum: 0,
  description: `How many ${what}`,
  example,
});

export class EnvironmentView {
  @ApiProperty({ example: 'production' })
  environment!: string;

  @ApiProperty({ description: 'Whether metrics take it for production by default', example: true })
  production!: boolean;

  @ApiProperty(count('deployments to it there were', 3))
  deployments!: number;

  @ApiProperty(count('incidents in it there were', 1))
  incidents!: number;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Its first successful deployment: what that carried without naming it is not measured; null: none yet',
    example: '4710',
  })
  baseline_deployment_id!: string | null;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When that deployment finished',
    example: '2026-01-05T09:30:00.000Z',
  })
  baseline_finished_at!: string | null;
}

export class PipelineView extends Pipeline {
  @ApiProperty(count('changes are known: commits that are no alias of another, nor outside of it', 3))
  changes!: number;

  @ApiProperty(count('deployments there were, whatever their status', 3))
  deployments!: number;

  @ApiProperty(count('incidents there were', 1))
  incidents!: number;

  @ApiProperty({ type: [EnvironmentView], description: 'Where it was deployed to or had incidents, by name' })
  environments!: EnvironmentView[];
}

export class PipelinePage extends PageView {
  @ApiProperty({ type: [PipelineView] })
  items!: PipelineView[];
}
