import { Injectable } from '@nestjs/common';
import { readAlerts } from '../alerts/alerts.reader.js';
import { eventNameIn } from '../identity.js';
import type { Delivery, Headers, Identity, Reading, WebhookSource } from '../webhook-source.js';

@Injectable()
export class AlertmanagerSource implements WebhookSource {
  readonly name = 'alertmanager';
  readonly signature = null;
  readonly kept_headers = ['content-type', 'user-agent'];

  identify(headers: Headers, raw: Buffer): Identity {
    return { event_name: eventNameIn(raw, headers, 'status') };
  }

  read({ payload }: Delivery): Reading {
    return readAlerts(payload);
  }
}
