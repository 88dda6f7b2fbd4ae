import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { nameFrom } from '../identity.js';
import { softPayload } from '../request-body.js';
import {
  type Delivery,
  type Headers,
  headerOf,
  type Identity,
  type Reading,
  type Signature,
  type WebhookSource,
} from '../webhook-source.js';
import { readPagerduty } from './pagerduty.reader.js';
import { pagerdutySignature } from './pagerduty.signature.js';

@Injectable()
export class PagerdutySource implements WebhookSource {
  readonly name = 'pagerduty';
  readonly signature: Signature;
  readonly kept_headers = ['content-type', 'user-agent', 'x-webhook-id', 'x-webhook-subscription'];

  constructor(config: Config) {
    this.signature = pagerdutySignature(config.webhook_secrets.pagerduty);
  }

  /** A list of messages is known by its bytes: each message has an id, the list has none. */
  identify(headers: Headers, raw: Buffer): Identity {
    const payload = softPayload(raw, headerOf(headers, 'content-type'));
    const event = payload.at('event');
    return {
      delivery_id: nameFrom(event.at('id').optionalText()),
      event_name: nameFrom(event.at('event_type').optionalText()) ?? 'messages',
    };
  }

  read({ payload }: Delivery): Reading {
    return readPagerduty(payload);
  }
}
