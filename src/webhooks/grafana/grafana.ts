import { ALERTS } from '../alerts/alerts.example.js';
import { readAlerts } from '../alerts/alerts.reader.js';
import type { BuiltInSource } from '../built-in-source.js';
import { eventNamed } from '../identity.js';
import { isSigned, sharedSecret, valuesIn } from '../signature.js';
import { type Headers, headerOf } from '../webhook-source.js';

/** Grafana has no name of its own for this header: it is whatever the contact point says, and we say this. */
const TIMESTAMP = 'x-grafana-alerting-timestamp';

export const grafana = {
  name: 'grafana',
  path: 'grafana/alerts',
  operation: 'receiveGrafanaAlerts',
  sender: 'Grafana alerting',
  headers: [
    {
      name: 'X-Grafana-Alerting-Signature',
      description: 'HMAC-SHA256 of the body with the secret, or of the timestamp, a colon and the body',
      example: '4b3f0a9f5c1d7e2b8a6c4d0e1f2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c',
    },
    {
      name: 'X-Grafana-Alerting-Timestamp',
      required: false,
      description: 'When it was signed, if the contact point names this header',
      example: '1772447400',
    },
  ],
  kept_headers: [TIMESTAMP],
  example: ALERTS,
  signature: (config) => sharedSecret(['x-grafana-alerting-signature'], config.webhook_secrets.grafana, isAuthentic),
  identify: eventNamed('status'),
  read: ({ payload }) => readAlerts(payload),
} satisfies BuiltInSource;

/** How old the timestamp is does not matter: an alert that is told again changes nothing. */
function isAuthentic(raw: Buffer, headers: Headers, secrets: readonly string[]): boolean {
  const timestamp = headerOf(headers, TIMESTAMP);
  const signed = timestamp === undefined ? [raw] : [`${timestamp}:`, raw];
  const given = valuesIn(headerOf(headers, 'x-grafana-alerting-signature'), '');
  return isSigned(signed, given, secrets, { algorithm: 'sha256' });
}
