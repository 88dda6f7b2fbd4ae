import { ApiProperty, PickType } from '@nestjs/swagger';
import { WebhookDelivery } from './delivery.entity.js';

export class LastDelivery extends PickType(WebhookDelivery, [
  'id',
  'received_at',
  'event_name',
  'outcome',
  'reason',
  'error',
]) {}

const last = (description: string) => ({
  description,
  type: LastDelivery,
  nullable: true,
  example: {
    id: '6f1cbd5e-3f0c-4b5a-9c6e-0d6f5b1a2c3d',
    received_at: '2026-03-02T10:30:00.000Z',
    event_name: 'push',
    outcome: 'recorded',
    reason: null,
    error: null,
  },
});

/** A kind of sender, and how it has fared. */
export class WebhookSourceView {
  @ApiProperty({ description: 'Its name', example: 'github' })
  source!: string;

  @ApiProperty({
    description: 'How its senders prove themselves; signature: only if its secret is configured',
    enum: ['signature', 'api_key'],
    example: 'signature',
  })
  proof!: 'signature' | 'api_key';

  @ApiProperty({ description: 'False if it lacks its secret: its path answers 404', type: 'boolean', example: true })
  enabled!: boolean;

  @ApiProperty({
    description:
      'Why all of its deliveries fail: the declaration of a hook is none that this version reads, and has to be made ' +
      'anew; null: it can read them',
    type: 'string',
    nullable: true,
    example: null,
  })
  fault!: string | null;

  @ApiProperty(last('The last delivery that is kept; null: none is. Wrong signatures are counted, and not kept'))
  last_delivery!: LastDelivery | null;

  @ApiProperty(last('The last one that was refused as malformed, or that failed; null: none'))
  last_failure!: LastDelivery | null;
}

export class WebhookSourceListView {
  @ApiProperty({ type: [WebhookSourceView] })
  items!: WebhookSourceView[];
}
