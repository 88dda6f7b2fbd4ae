import { Injectable } from '@nestjs/common';
import { eventNameIn } from '../identity.js';
import type { Delivery, Headers, Identity, Reading, WebhookSource } from '../webhook-source.js';
import { readDatadog } from './datadog.reader.js';

@Injectable()
export class DatadogSource implements WebhookSource {
  readonly name = 'datadog';
  readonly signature = null;
  readonly kept_headers = ['content-type', 'user-agent'];

  identify(headers: Headers, raw: Buffer): Identity {
    return { event_name: eventNameIn(raw, headers, 'alert_transition') };
  }

  read({ payload }: Delivery): Reading {
    return readDatadog(payload);
  }
}
