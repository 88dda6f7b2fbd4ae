import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import type { Scope } from '../../scope/scope.js';
import { nameFrom } from '../identity.js';
import { softPayload } from '../request-body.js';
import { sharedSecret } from '../signature.js';
import {
  type Delivery,
  type Headers,
  headerOf,
  type Identity,
  type Reading,
  type Signature,
  type WebhookSource,
} from '../webhook-source.js';
import { isSignedByCircleci } from './circleci.signature.js';
import { readCircleci } from './circleci.reader.js';

@Injectable()
export class CircleciSource implements WebhookSource {
  readonly name = 'circleci';
  readonly signature: Signature;
  readonly kept_headers = ['content-type', 'user-agent', 'circleci-event-type'];

  constructor(config: Config) {
    this.signature = sharedSecret(['circleci-signature'], config.webhook_secrets.circleci, isSignedByCircleci);
  }

  identify(headers: Headers, raw: Buffer): Identity {
    const payload = softPayload(raw, headerOf(headers, 'content-type'));
    return {
      delivery_id: nameFrom(payload.at('id').optionalText()),
      event_name: nameFrom(payload.at('type').optionalText()) ?? 'unknown',
    };
  }

  read({ payload }: Delivery, scope: Scope): Reading {
    return readCircleci(payload, scope);
  }
}
