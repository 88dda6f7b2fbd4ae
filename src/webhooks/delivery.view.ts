import { ApiProperty, OmitType, PickType } from '@nestjs/swagger';
import { PageView } from '../http/paging.js';
import { WebhookDelivery } from './delivery.entity.js';

/** What a provider is answered. */
export class DeliveryAnswer extends PickType(WebhookDelivery, ['outcome', 'event_ids', 'reason']) {}

export class DeliveryView extends OmitType(WebhookDelivery, ['body', 'limited_key', 'tried_at']) {}

export class DeliveryDetailView extends DeliveryView {
  @ApiProperty({ description: 'The body as it was received, as text', example: '{"zen":"Design for failure."}' })
  body!: string;
}

export class DeliveryListView extends PageView {
  @ApiProperty({ type: [DeliveryView] })
  items!: DeliveryView[];
}
