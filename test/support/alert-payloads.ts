import { at } from './github-payloads.js';
import type { Sample, SourceSamples } from './source-samples.js';

export interface AlertOptions {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  fingerprint?: string;
  /** Hours and minutes of the day; resolved if it ended. */
  started?: string;
  ended?: string;
  status?: string;
}

/** One alert as Alertmanager tells it. */
export function anAlert(options: AlertOptions = {}) {
  const { labels = {}, annotations = {}, fingerprint = 'c0ffee00c0ffee00', started = '09:00', ended, status } = options;
  return {
    status: status ?? (ended === undefined ? 'firing' : 'resolved'),
    labels: { alertname: 'CheckoutFails', severity: 'critical', ...labels },
    annotations: { summary: 'One in five checkouts fails', ...annotations },
    startsAt: at(started),
    endsAt: ended === undefined ? '0001-01-01T00:00:00Z' : at(ended),
    generatorURL: 'https://prometheus.example.com/graph?g0.expr=checkout',
    fingerprint,
  };
}

/** A notification of a group of alerts. */
export function aNotification(alerts: readonly ReturnType<typeof anAlert>[], more: object = {}) {
  const [first] = alerts;
  return {
    receiver: 'devopstic',
    status: alerts.some(({ status }) => status === 'firing') ? 'firing' : 'resolved',
    alerts,
    groupLabels: { alertname: 'CheckoutFails' },
    commonLabels: { alertname: 'CheckoutFails' },
    commonAnnotations: {},
    externalURL: 'https://alertmanager.example.com',
    version: '4',
    groupKey: `{}:{alertname="${first?.labels.alertname}"}`,
    truncatedAlerts: 0,
    ...more,
  };
}

/** What both senders of such notifications tell. */
export function alertSamples(pipeline: string): Pick<SourceSamples, 'samples' | 'unknown' | 'story'> {
  const labels = { pipeline, environment: 'production' };
  const failed = 'incident_status_change failure';
  const restored = 'incident_status_change success';
  const told = (
    says: string,
    body: ReturnType<typeof aNotification>,
    expected: Pick<Sample, 'becomes' | 'ignored'>,
  ) => ({
    event: body.status,
    says,
    body,
    ...expected,
  });
  const story = { pipeline: `${pipeline}-story`, env: 'prod' };
  return {
    samples: [
      told('an alert fires', aNotification([anAlert({ labels })]), { becomes: [failed] }),
      told(
        'the same, repeated beside another',
        aNotification([anAlert({ labels }), anAlert({ labels, fingerprint: 'f' })]),
        {
          becomes: [failed, failed],
        },
      ),
      told('it is resolved', aNotification([anAlert({ labels, ended: '09:30' })]), { becomes: [failed, restored] }),
      told('an alert fires beside one of no pipeline', aNotification([anAlert(), anAlert({ labels })]), {
        becomes: [failed],
        ignored: 'no_pipeline',
      }),
      told('an alert of no pipeline fires', aNotification([anAlert()]), { ignored: 'no_pipeline' }),
      told('more fire than it may list', aNotification([anAlert({ labels })], { truncatedAlerts: 3 }), {
        becomes: [failed],
        ignored: 'truncated',
      }),
      told('a contact point is tried', aNotification([anAlert({ labels: { ...labels, ...GRAFANAS_TEST } })]), {
        ignored: 'test_alert',
      }),
      told('there is no data', aNotification([anAlert({ labels: { ...labels, alertname: 'DatasourceNoData' } })]), {
        ignored: 'no_data',
      }),
      told('it has a new state', aNotification([anAlert({ labels, status: 'dreaming' })]), {
        ignored: 'state_not_used',
      }),
    ],
    unknown: told('nobody knows its state', aNotification([anAlert({ status: 'levitating' })]), {
      ignored: 'state_not_used',
    }),
    story: {
      told: [
        told('it fires', aNotification([anAlert({ labels: story, started: '10:00' })]), { becomes: [failed] }),
        told('it ends', aNotification([anAlert({ labels: story, started: '10:00', ended: '10:30' })]), {
          becomes: [failed, restored],
        }),
        told('it fires again', aNotification([anAlert({ labels: story, started: '12:00' })]), { becomes: [failed] }),
      ],
      query: `pipeline=${pipeline}-story&from=2026-03-01&to=2026-03-04`,
      summary: { time_to_restore: { count: 1, open: 1, median: 1800 } },
    },
  };
}

const GRAFANAS_TEST = { alertname: 'TestAlert', instance: 'Grafana' };
