import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import type { Scope } from '../../scope/scope.js';
import { nameFrom, requiredHeader } from '../identity.js';
import { isSigned, sharedSecret, valuesIn } from '../signature.js';
import {
  type Delivery,
  type Headers,
  headerOf,
  type Identity,
  type Reading,
  type Signature,
  type WebhookSource,
} from '../webhook-source.js';
import { readBitbucket } from './bitbucket.reader.js';

/** Cloud and Data Center: they share a name, a signature and little else. No event of one has the key of one of the other. */
@Injectable()
export class BitbucketSource implements WebhookSource {
  readonly name = 'bitbucket';
  readonly signature: Signature;
  readonly kept_headers = [
    'content-type',
    'user-agent',
    'x-event-key',
    'x-event-time',
    'x-hook-uuid',
    'x-request-uuid',
    'x-request-id',
  ];

  constructor(config: Config) {
    this.signature = sharedSecret(['x-hub-signature'], config.webhook_secrets.bitbucket, isAuthentic);
  }

  identify(headers: Headers): Identity {
    return {
      delivery_id: nameFrom(headerOf(headers, 'x-request-uuid')) ?? nameFrom(headerOf(headers, 'x-request-id')),
      event_name: requiredHeader(headers, 'x-event-key'),
    };
  }

  read(delivery: Delivery, scope: Scope): Reading {
    return readBitbucket(delivery, scope);
  }
}

function isAuthentic(raw: Buffer, headers: Headers, secrets: readonly string[]): boolean {
  return isSigned([raw], valuesIn(headerOf(headers, 'x-hub-signature'), 'sha256='), secrets, { algorithm: 'sha256' });
}
