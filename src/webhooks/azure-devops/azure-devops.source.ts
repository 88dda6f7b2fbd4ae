import { Injectable } from '@nestjs/common';
import type { Scope } from '../../scope/scope.js';
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
import { readAzureDevops } from './azure-devops.reader.js';

/** Service hooks cannot sign: they send an API key, as the password of Basic credentials or in a header. */
@Injectable()
export class AzureDevopsSource implements WebhookSource {
  readonly name = 'azure-devops';
  readonly signature = null;
  readonly kept_headers = ['content-type', 'user-agent'];

  identify(headers: Headers, raw: Buffer): Identity {
    const payload = softPayload(raw, headerOf(headers, 'content-type'));
    return {
      delivery_id: nameFrom(payload.at('id').optionalText()),
      event_name: nameFrom(payload.at('eventType').optionalText()) ?? 'unknown',
    };
  }

  read({ payload }: Delivery, scope: Scope): Reading {
    return readAzureDevops(payload, scope);
  }
}
