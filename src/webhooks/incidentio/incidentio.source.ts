import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { isStandardWebhook } from '../standard-webhooks.js';
import { eventNameIn, requiredHeader } from '../identity.js';
import { sharedSecret } from '../signature.js';
import {
  type Delivery,
  type Headers,
  type Identity,
  type Reading,
  type Signature,
  type WebhookSource,
} from '../webhook-source.js';
import { readIncidentio } from './incidentio.reader.js';

@Injectable()
export class IncidentioSource implements WebhookSource {
  readonly name = 'incidentio';
  readonly signature: Signature;
  readonly kept_headers = ['content-type', 'user-agent', 'webhook-id', 'webhook-timestamp'];

  constructor(config: Config) {
    this.signature = sharedSecret(['webhook-signature'], config.webhook_secrets.incidentio, isStandardWebhook);
  }

  identify(headers: Headers, raw: Buffer): Identity {
    return {
      delivery_id: requiredHeader(headers, 'webhook-id'),
      event_name: eventNameIn(raw, headers, 'event_type'),
    };
  }

  read({ payload }: Delivery): Reading {
    return readIncidentio(payload);
  }
}
