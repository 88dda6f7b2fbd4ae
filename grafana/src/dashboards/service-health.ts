import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard, line } from '../layout.js';
import { health } from '../panels/health.js';

const DURATION = 'devopstic_http_request_duration_seconds';
/** The routes that take events in. */
const INGEST =
  'route=~"/events|/events/batch|/deployments|/incidents|/webhook/.*|/[a-z-]+/(events|incidents|alerts)",method="POST"';

const quantile = (share: number, labels: string): string =>
  `histogram_quantile(${share}, sum by (le) (rate(${DURATION}_bucket{${labels}}[$__rate_interval])))`;

const requests = () =>
  health({
    title: 'Requests that bring events',
    description: 'Requests a second that send events, by route, webhooks included. A batch is one request.',
    unit: 'reqps',
    queries: { '{{route}}': `sum by (route) (rate(${DURATION}_count{${INGEST}}[$__rate_interval]))` },
  });

const latency = () =>
  health({
    title: 'How long they take',
    description: 'From the request to the answer: the event is then stored, and every number tells of it.',
    unit: 's',
    queries: { median: quantile(0.5, INGEST), p99: quantile(0.99, INGEST) },
  });

const events = () =>
  health({
    title: 'Events by outcome',
    description:
      'Events a second, by what became of them: duplicate ones were stored before, rejected ones are not valid or not permitted.',
    unit: 'cps',
    queries: { '{{outcome}}': 'sum by (outcome) (rate(devopstic_events_total[$__rate_interval]))' },
  });

const queue = () =>
  health({
    title: 'Events that wait',
    description: 'Events taken in and not stored yet. From 20,000 on a replica answers 503.',
    unit: 'none',
    queries: { '{{instance}}': 'devopstic_events_waiting' },
  });

const pool = () =>
  health({
    title: 'Connections to the database',
    description: 'By state; waiting are requests that no connection is free for.',
    unit: 'none',
    queries: { '{{state}}': 'sum by (state) (devopstic_database_connections)' },
  });

const answers = () =>
  health({
    title: 'Answers by status',
    description: 'All requests a second, by the status they were answered with. 429 and 503: too much, or no database.',
    unit: 'reqps',
    queries: { '{{status}}': `sum by (status) (rate(${DURATION}_count[$__rate_interval]))` },
  });

const metricQueries = () =>
  health({
    title: 'How long metrics take',
    description: 'Requests to /dora, from the request to the answer.',
    unit: 's',
    queries: { median: quantile(0.5, 'route=~"/dora/.*"'), p99: quantile(0.99, 'route=~"/dora/.*"') },
  });

const webhooks = () =>
  health({
    title: 'Webhook deliveries by outcome',
    description: 'Deliveries a second, as they were answered: refused ones have a wrong signature or no readable body.',
    unit: 'reqps',
    queries: {
      '{{source}}: {{outcome}}':
        'sum by (source, outcome) (rate(devopstic_webhook_deliveries_total[$__rate_interval]))',
    },
  });

const loop = () =>
  health({
    title: 'Event loop delay',
    description: 'How long a callback waits for its turn in the process: above 0.1 s the service has too much to do.',
    unit: 's',
    queries: {
      'p99 of {{instance}}': 'nodejs_eventloop_lag_p99_seconds',
      'mean of {{instance}}': 'nodejs_eventloop_lag_mean_seconds',
    },
  });

const memory = () =>
  health({
    title: 'Memory',
    description: 'What the process holds, and how much of that are objects of JavaScript.',
    unit: 'bytes',
    queries: {
      'resident, {{instance}}': 'process_resident_memory_bytes',
      'heap used, {{instance}}': 'nodejs_heap_size_used_bytes',
    },
  });

const processor = () =>
  health({
    title: 'Processor',
    description: 'Seconds of processor time a second: 1 is one core.',
    unit: 'none',
    queries: { '{{instance}}': 'rate(process_cpu_seconds_total[$__rate_interval])' },
  });

export const serviceHealth = (): Dashboard =>
  dashboard({
    uid: 'devopstic-service',
    title: 'Service health',
    description: 'How DevOpstic itself is doing, from its GET /metrics by way of Prometheus.',
    last: '6h',
    variables: [],
    annotated: false,
    sections: [
      { title: 'Taking events in', lines: [line(8, [requests(), latency(), events()]), line(8, [queue(), pool()])] },
      { title: 'Answering', lines: [line(8, [answers(), metricQueries(), webhooks()])] },
      { title: 'Process', lines: [line(8, [processor(), memory(), loop()])] },
    ],
  });
