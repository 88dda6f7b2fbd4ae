import { ApiProperty } from '@nestjs/swagger';

export const FACTS = ['commits', 'deployments', 'deployment_changes', 'incidents'] as const;
export type Fact = (typeof FACTS)[number];

/** A fact that is another, or none, with another set of events. */
export class FactChange {
  @ApiProperty({ description: 'The pipeline that it is of', example: 'acme/shop' })
  pipeline_id!: string;

  @ApiProperty({ description: 'What kind of fact; `deployment_changes`: what a deployment carried', enum: FACTS })
  fact!: Fact;

  @ApiProperty({
    description: 'The stored row as it is now; null: it would be new',
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: null,
  })
  before!: Record<string, unknown> | null;

  @ApiProperty({
    description: 'The stored row as it would be; null: it would be gone',
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: { environment: 'production', deployment_id: '4711', status: 'success' },
  })
  after!: Record<string, unknown> | null;
}
