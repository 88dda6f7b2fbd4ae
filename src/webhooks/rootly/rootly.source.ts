import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { nameFrom } from '../identity.js';
import { softPayload } from '../request-body.js';
import { isSigned, signaturesIn } from '../signature.js';
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
    this.signature = new RootlySignature(config);
  }

  identify(headers: Headers, raw: Buffer): Identity {
    const event = softPayload(raw, headerOf(headers, 'content-type')).at('event', 'type').optionalText();
    return { event_name: nameFrom(event) ?? 'unknown' };
  }

  read({ payload }: Delivery): Reading {
    return readRootly(payload);
  }
}

class RootlySignature implements Signature {
  constructor(private readonly config: Config) {}

  get enabled(): boolean {
    return this.config.webhook_secrets.rootly.length > 0;
  }

  /** `t=<seconds>,v1=<hex>`, over the time and, right behind it, the body. */
  isAuthentic(raw: Buffer, headers: Headers): boolean {
    const parts = signaturesIn(headerOf(headers, 'x-rootly-signature'), ',');
    const time = parts.find((part) => /^t=\d+$/.test(part))?.slice('t='.length);
    if (time === undefined) return false;
    const signed = Buffer.concat([Buffer.from(time), raw]);
    const secrets = this.config.webhook_secrets.rootly;
    return parts.filter((part) => isSigned(signed, part, secrets, { algorithm: 'sha256', prefix: 'v1=' })).length > 0;
  }
}
