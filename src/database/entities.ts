import { ApiKey } from '../auth/api-key.entity.js';
import { User } from '../auth/user.entity.js';
import { WebhookDelivery } from '../webhooks/delivery.entity.js';
import { Setting } from './setting.entity.js';

/** Every table that TypeORM knows; `npm run schema:check` compares them with what the migrations make. */
export const entities = [Setting, User, ApiKey, WebhookDelivery];
