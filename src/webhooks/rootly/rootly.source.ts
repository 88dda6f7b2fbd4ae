import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { eventNameIn } from '../identity.js';
import { isAnySigned, sharedSecret, signaturesIn } from '../signature.js';
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
    this.signature = sharedSecret(config.webhook_secrets.rootly, isAuthentic);
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
  const parts = signaturesIn(headerOf(headers, 'x-rootly-signature'), ',');
  const time = parts.find((part) => /^t=\d+$/.test(part))?.slice('t='.length);
  if (time === undefined) return false;
  const signed = Buffer.concat([Buffer.from(time), raw]);
  return isAnySigned(signed, parts, secrets, { algorithm: 'sha256', prefix: 'v1=' });
}
