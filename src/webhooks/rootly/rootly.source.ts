import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { eventNameIn } from '../identity.js';
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
import { readRootly } from './rootly.reader.js';

@Injectable()
export class RootlySource implements WebhookSource {
  readonly name = 'rootly';
  readonly signature: Signature;
  readonly kept_headers = ['content-type', 'user-agent'];

  constructor(config: Config) {
    this.signature = sharedSecret(['x-rootly-signature'], config.webhook_secrets.rootly, isAuthentic);
  }

  identify(headers: Headers, raw: Buffer): Identity {
    return { event_name: eventNameIn(raw, headers, 'event', 'type') };
  }

  read({ payload }: Delivery): Reading {
    return readRootly(payload);
  }
}

/** `t=<seconds>,v1=<hex>`, over the time and, right behind it, the body. */
function isAuthentic(raw: Buffer, headers: Headers, secrets: readonly string[]): boolean {
  const header = headerOf(headers, 'x-rootly-signature');
  const signatures = valuesIn(header, 'v1=');
  // A header that comes twice may have two.
  const times = [...new Set(valuesIn(header, 't='))].filter((time) => /^\d+$/.test(time));
  const right = times.filter((time) => isSigned([time, raw], signatures, secrets, { algorithm: 'sha256' }));
  return right.length > 0;
}
