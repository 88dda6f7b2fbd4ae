import { ApiKey } from '../auth/api-key.entity.js';
import { User } from '../auth/user.entity.js';
import { WebhookDelivery } from '../webhooks/delivery.entity.js';
import { Setting } from './setting.entity.js';

/** Every table that TypeORM knows: as the migrations make them, which test/schema.e2e-spec.ts proves. */
export const entities = [Setting, User, ApiKey, WebhookDelivery];
