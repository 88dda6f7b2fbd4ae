import { Injectable } from '@nestjs/common';
import { nameFrom } from '../identity.js';
import { softPayload } from '../request-body.js';
import {
  type Delivery,
  type Headers,
  headerOf,
  type Identity,
  type Reading,
  type WebhookSource,
} from '../webhook-source.js';
import { readArgocd } from './argocd.reader.js';

@Injectable()
export class ArgocdSource implements WebhookSource {
  readonly name = 'argocd';
  readonly signature = null;
  readonly kept_headers = ['content-type', 'user-agent'];

  /** A notification has no id; a template makes the same body of the same. */
  identify(headers: Headers, raw: Buffer): Identity {
    const payload = softPayload(raw, headerOf(headers, 'content-type'));
    return { event_name: nameFrom(payload.at('event').optionalText()) ?? 'unknown' };
  }

  read({ payload }: Delivery): Reading {
    return readArgocd(payload);
  }
}
