import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { nameFrom, requiredHeader } from '../identity.js';
import { softPayload } from '../request-body.js';
import { isStandardWebhook } from '../standard-webhooks.js';
import {
  type Delivery,
  type Headers,
  headerOf,
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
    this.signature = new IncidentioSignature(config);
  }

  identify(headers: Headers, raw: Buffer): Identity {
    const event = softPayload(raw, headerOf(headers, 'content-type')).at('event_type').optionalText();
    return { delivery_id: requiredHeader(headers, 'webhook-id'), event_name: nameFrom(event) ?? 'unknown' };
  }

  read({ payload }: Delivery): Reading {
    return readIncidentio(payload);
  }
}

class IncidentioSignature implements Signature {
  constructor(private readonly config: Config) {}

  get enabled(): boolean {
    return this.config.webhook_secrets.incidentio.length > 0;
  }

  isAuthentic(raw: Buffer, headers: Headers): boolean {
    return isStandardWebhook(raw, headers, this.config.webhook_secrets.incidentio);
  }
}
