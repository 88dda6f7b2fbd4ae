import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { readAlerts } from '../alerts/alerts.reader.js';
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

/** Grafana has no name of its own for this header: it is whatever the contact point says, and we say this. */
const TIMESTAMP = 'x-grafana-alerting-timestamp';

@Injectable()
export class GrafanaSource implements WebhookSource {
  readonly name = 'grafana';
  readonly signature: Signature;
  readonly kept_headers = ['content-type', 'user-agent', TIMESTAMP];

  constructor(config: Config) {
    this.signature = sharedSecret(['x-grafana-alerting-signature'], config.webhook_secrets.grafana, isAuthentic);
  }

  identify(headers: Headers, raw: Buffer): Identity {
    return { event_name: eventNameIn(raw, headers, 'status') };
  }

  read({ payload }: Delivery): Reading {
    return readAlerts(payload);
  }
}

/** How old the timestamp is does not matter: an alert that is told again changes nothing. */
function isAuthentic(raw: Buffer, headers: Headers, secrets: readonly string[]): boolean {
  const timestamp = headerOf(headers, TIMESTAMP);
  const signed = timestamp === undefined ? [raw] : [`${timestamp}:`, raw];
  const given = valuesIn(headerOf(headers, 'x-grafana-alerting-signature'), '');
  return isSigned(signed, given, secrets, { algorithm: 'sha256' });
}
