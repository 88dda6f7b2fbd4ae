import { Injectable } from '@nestjs/common';
import type { Scope } from '../../scope/scope.js';
import { CLOUD_EVENT_HEADERS, identifyCloudEvent } from '../cloudevents/cloud-events.js';
import type { Delivery, Reading, WebhookSource } from '../webhook-source.js';
import { readTekton } from './tekton.reader.js';

@Injectable()
export class TektonSource implements WebhookSource {
  readonly name = 'tekton';
  readonly signature = null;
  readonly kept_headers = [...CLOUD_EVENT_HEADERS, 'user-agent'];
  readonly identify = identifyCloudEvent;

  read(delivery: Delivery, scope: Scope): Reading {
    return readTekton(delivery, scope);
  }
}
