import { createHmac } from 'node:crypto';
import { alertSamples } from '../support/alert-payloads.js';
import type { SourceSamples } from '../support/source-samples.js';

const SIGNED_AT = '1772447400';

export const samples: SourceSamples = {
  source: 'grafana',
  path: '/grafana/alerts',
  secret: { variable: 'DEVOPSTIC_GRAFANA_WEBHOOK_SECRET', value: 'what the contact point signs with' },
  headersOf(raw) {
    const hmac = createHmac('sha256', this.secret?.value ?? '').update(`${SIGNED_AT}:${raw}`);
    return { 'x-grafana-alerting-timestamp': SIGNED_AT, 'x-grafana-alerting-signature': hmac.digest('hex') };
  },
  ...alertSamples('acme/grafana'),
};
