import { alertSamples } from '../support/alert-payloads.js';
import type { SourceSamples } from '../support/source-samples.js';

export const samples: SourceSamples = {
  source: 'alertmanager',
  path: '/alertmanager/alerts',
  headersOf: () => ({}),
  ...alertSamples('acme/alertmanager'),
};
