import { Injectable } from '@nestjs/common';
import { eventNameIn } from '../identity.js';
import { type Delivery, type Headers, type Identity, type Reading, type WebhookSource } from '../webhook-source.js';
import { readArgocd } from './argocd.reader.js';

@Injectable()
export class ArgocdSource implements WebhookSource {
  readonly name = 'argocd';
  readonly signature = null;
  readonly kept_headers = ['content-type', 'user-agent'];

  /** A notification has no id; a template makes the same body of the same. */
  identify(headers: Headers, raw: Buffer): Identity {
    return { event_name: eventNameIn(raw, headers, 'event') };
  }

  read({ payload }: Delivery): Reading {
    return readArgocd(payload);
  }
}
