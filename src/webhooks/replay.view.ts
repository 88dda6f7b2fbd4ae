import { ApiProperty } from '@nestjs/swagger';
import { FactChange, FACTS, type Fact } from '../events/fact-change.js';

const count = (description: string, example: number) => ({
  type: 'integer' as const,
  minimum: 0,
  description,
  example,
});

export class ReplayEvents {
  @ApiProperty(count('Events that were not told before', 3))
  added!: number;

  @ApiProperty(count('Events that no delivery tells any more: taken back', 1))
  withdrawn!: number;
}

/** What a replay came to. */
export class ReplayView {
  @ApiProperty({ description: 'Whether nothing was changed', type: 'boolean', example: true })
  dry_run!: boolean;

  @ApiProperty(count('Deliveries that were read once more', 120))
  deliveries!: number;

  @ApiProperty({
    description: 'What became of them now, by outcome',
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { recorded: 100, ignored: 20 },
  })
  outcomes!: Record<string, number>;

  @ApiProperty({ description: 'How the set of events changes', type: ReplayEvents })
  events!: ReplayEvents;

  @ApiProperty({ description: 'The pipelines whose events change', type: [String], example: ['acme/shop'] })
  pipelines!: string[];

  @ApiProperty({
    description: 'How many facts would be others, by kind; null unless it is a dry run',
    type: 'object',
    properties: Object.fromEntries(FACTS.map((fact) => [fact, count(`Rows of ${fact}`, 1)])),
    nullable: true,
    example: { commits: 1, deployments: 2, deployment_changes: 1, incidents: 0 },
  })
  facts!: Record<Fact, number> | null;

  @ApiProperty({ description: 'These facts, 1000 at most; empty unless it is a dry run', type: [FactChange] })
  changes!: FactChange[];
}
