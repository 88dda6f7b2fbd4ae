import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { nameFrom } from '../identity.js';
import { softPayload } from '../request-body.js';
import { isSigned } from '../signature.js';
import {
  type Delivery,
  type Headers,
  headerOf,
  type Identity,
  type Reading,
  type Signature,
  type WebhookSource,
} from '../webhook-source.js';
import { readFlux } from './flux.reader.js';

@Injectable()
export class FluxSource implements WebhookSource {
  readonly name = 'flux';
  readonly signature: Signature;
  readonly kept_headers = ['content-type', 'user-agent', 'gotk-component'];

  constructor(config: Config) {
    this.signature = new FluxSignature(config);
  }

  /** An event has no id; the controller repeats it as it was. */
  identify(headers: Headers, raw: Buffer): Identity {
    const payload = softPayload(raw, headerOf(headers, 'content-type'));
    return { event_name: nameFrom(payload.at('reason').optionalText()) ?? 'unknown' };
  }

  read({ payload }: Delivery): Reading {
    return readFlux(payload);
  }
}

class FluxSignature implements Signature {
  constructor(private readonly config: Config) {}

  get enabled(): boolean {
    return this.config.webhook_secrets.flux.length > 0;
  }

  isAuthentic(raw: Buffer, headers: Headers): boolean {
    const scheme = { algorithm: 'sha256', prefix: 'sha256=' } as const;
    return isSigned(raw, headerOf(headers, 'x-signature'), this.config.webhook_secrets.flux, scheme);
  }
}
