import { ApiProperty, OmitType } from '@nestjs/swagger';
import type { StoredEvent } from '../../events/event.js';
import { PageView } from '../../http/paging.js';
import type { Outcome } from '../delivery.entity.js';
import type { HookDeclaration } from './declaration.js';
import type { Finding } from './finding.js';
import { Hook } from './hook.entity.js';

export class HookView extends OmitType(Hook, ['secrets']) {}

export class HookListView extends PageView {
  @ApiProperty({ type: [HookView] })
  items!: HookView[];
}

export class ShippedHookView {
  @ApiProperty({ description: 'What it is started `from`', example: 'jira' })
  name!: string;

  @ApiProperty({
    description: 'What it declares; its secrets are yours to give',
    allOf: [{ $ref: '#/components/schemas/HookDeclaration' }],
  })
  declaration!: HookDeclaration;
}

export class ShippedHookListView {
  @ApiProperty({ type: [ShippedHookView] })
  items!: ShippedHookView[];
}

export class FindingView implements Finding {
  @ApiProperty({ description: 'JSON Pointer into the declaration: what asked for it', example: '/events/0/status' })
  declared_at!: string;

  @ApiProperty({ description: 'JSON Pointer into the payload; empty for a header, or the whole', example: '/state' })
  pointer!: string;

  @ApiProperty({
    description: 'What was found there',
    example: 'is "PAUSED", which map does not name: it has DONE, BROKEN (status)',
  })
  detail!: string;
}

export class TrialView {
  @ApiProperty({
    description: 'What would become of it',
    enum: ['recorded', 'ignored', 'refused', 'failed'],
    example: 'recorded',
  })
  outcome!: Exclude<Outcome, 'received'>;

  @ApiProperty({
    description: 'Why nothing would be recorded, or not all of it, by name',
    type: 'string',
    nullable: true,
    example: null,
  })
  reason!: string | null;

  @ApiProperty({
    description: 'What a delivery would be known by; null: by its body',
    type: 'string',
    nullable: true,
    example: null,
  })
  delivery_id!: string | null;

  @ApiProperty({
    description: 'The events as they would be stored',
    type: 'array',
    items: { $ref: '#/components/schemas/StoredEvent' },
  })
  events!: StoredEvent[];

  @ApiProperty({ description: 'Why it would be refused or fail; or what was left out, and why', type: [FindingView] })
  findings!: FindingView[];
}
