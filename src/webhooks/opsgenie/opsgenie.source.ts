import { Injectable } from '@nestjs/common';
import { eventNameIn } from '../identity.js';
import type { Delivery, Headers, Identity, Reading, WebhookSource } from '../webhook-source.js';
import { readOpsgenie } from './opsgenie.reader.js';

@Injectable()
export class OpsgenieSource implements WebhookSource {
  readonly name = 'opsgenie';
  readonly signature = null;
  readonly kept_headers = ['content-type', 'user-agent'];

  identify(headers: Headers, raw: Buffer): Identity {
    return { event_name: eventNameIn(raw, headers, 'action') };
  }

  read({ payload }: Delivery): Reading {
    return readOpsgenie(payload);
  }
}
