import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dataQuality } from './dashboards/data-quality.js';
import { dora } from './dashboards/dora.js';
import { incidents } from './dashboards/incidents.js';
import { leadTime } from './dashboards/lead-time.js';
import { overview } from './dashboards/overview.js';
import { pipelines } from './dashboards/pipelines.js';
import { serviceHealth } from './dashboards/service-health.js';

export const dashboards = (): Dashboard[] => [
  overview(),
  dora(),
  pipelines(),
  leadTime(),
  incidents(),
  dataQuality(),
  serviceHealth(),
];
