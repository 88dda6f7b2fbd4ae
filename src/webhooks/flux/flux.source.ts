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
import { readFlux } from './flux.reader.js';

@Injectable()
export class FluxSource implements WebhookSource {
  readonly name = 'flux';
  readonly signature: Signature;
  readonly kept_headers = ['content-type', 'user-agent', 'gotk-component'];

  constructor(config: Config) {
    this.signature = sharedSecret(['x-signature'], config.webhook_secrets.flux, isAuthentic);
  }

  /** An event has no id; the controller repeats it as it was. */
  identify(headers: Headers, raw: Buffer): Identity {
    return { event_name: eventNameIn(raw, headers, 'reason') };
  }

  read({ payload }: Delivery): Reading {
    return readFlux(payload);
  }
}

function isAuthentic(raw: Buffer, headers: Headers, secrets: readonly string[]): boolean {
  return isSigned([raw], valuesIn(headerOf(headers, 'x-signature'), 'sha256='), secrets, { algorithm: 'sha256' });
}
