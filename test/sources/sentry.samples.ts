import { createHash, createHmac } from 'node:crypto';
import { at } from '../support/github-payloads.js';
import type { Sample, SourceSamples } from '../support/source-samples.js';

interface IssueOptions {
  id?: string;
  project?: string;
  level?: string;
  /** When Sentry sent it. */
  sent?: string;
}

const broke = 'incident_status_change failure';
const restored = 'incident_status_change success';
const SENTRY = { id: 'sentry', name: 'Sentry', type: 'application' };
const installation = { uuid: 'a8e5d37a-696c-4c54-adb5-b3f28d64c7de' };

function headersOf(resource: string, sent: string): Record<string, string> {
  return {
    'sentry-hook-resource': resource,
    'sentry-hook-timestamp': String(Date.parse(at(sent)) / 1000),
  };
}

function issue(
  action: string,
  says: string,
  { id = 'SHOP-9', project = 'shop', level = 'error', sent = '09:00' }: IssueOptions,
  expected: Pick<Sample, 'becomes' | 'ignored'>,
): Sample {
  const status = action === 'resolved' ? 'resolved' : action === 'archived' ? 'ignored' : 'unresolved';
  const body = {
    action,
    actor: SENTRY,
    data: {
      issue: {
        id: '1170820242',
        shortId: id,
        title: 'ReferenceError: checkout is not defined',
        culprit: '?(runner)',
        level,
        status,
        substatus: action === 'unresolved' ? 'regressed' : 'new',
        statusDetails: {},
        firstSeen: '2026-03-02T09:00:00.391000Z',
        lastSeen: '2026-03-02T09:00:00.391000Z',
        project: { id: '1', name: project, platform: 'javascript', slug: project },
        type: 'error',
        web_url: 'https://acme.sentry.io/issues/1170820242/',
      },
    },
    installation,
  };
  return { event: `issue ${action}`, says, body, headers: headersOf('issue', sent), ...expected };
}

function alert(
  action: string,
  says: string,
  { id = '1', project = 'shop', sent = '10:00' }: IssueOptions,
  expected: Pick<Sample, 'becomes' | 'ignored'>,
): Sample {
  const body = {
    action,
    actor: SENTRY,
    data: {
      description_text: '1000 events in the last 10 minutes',
      description_title: 'Too many errors',
      metric_alert: {
        id: '4',
        identifier: id,
        title: 'Too many errors',
        alert_rule: { id: '7', name: 'Too many errors', environment: null, projects: [project] },
        date_started: '2026-03-02T10:00:00.000000Z',
        date_detected: '2026-03-02T10:00:00.000000Z',
        date_closed: null,
        projects: [project],
        status: 2,
      },
      web_url: 'https://acme.sentry.io/alerts/1/',
    },
    installation,
  };
  const headers = headersOf('metric_alert', sent);
  return { event: `metric_alert ${action}`, says, body, headers, ...expected };
}

const story = { id: 'TALE-1', project: 'sentry-tale' };

export const samples: SourceSamples = {
  source: 'sentry',
  path: '/hooks/sentry',
  secret: { value: 'the client secret of the integration' },
  headersOf(raw, sample) {
    const hmac = createHmac('sha256', this.secret?.value ?? '').update(raw);
    const request_id = createHash('sha256').update(`${sample.headers?.['sentry-hook-timestamp']}${raw}`).digest('hex');
    return { 'request-id': request_id.slice(0, 32), 'sentry-hook-signature': hmac.digest('hex') };
  },
  samples: [
    issue('created', 'an error is seen for the first time', {}, { becomes: [broke] }),
    issue('created', 'a warning is', { id: 'SHOP-10', level: 'warning' }, { ignored: 'not_wanted' }),
    issue('assigned', 'somebody is to look at it', { sent: '09:05' }, { ignored: 'not_wanted' }),
    issue('resolved', 'it is resolved', { sent: '09:30' }, { becomes: [broke, restored] }),
    issue('unresolved', 'it comes back', { sent: '09:40' }, { becomes: [broke, broke] }),
    issue('archived', 'nobody wants to hear of it', { sent: '09:50' }, { becomes: [broke, restored] }),
    alert('critical', 'a metric is over its threshold', {}, { becomes: [broke] }),
    alert('warning', 'it is nearly', { id: '2' }, { ignored: 'not_wanted' }),
    alert('resolved', 'it is below again', { sent: '10:20' }, { becomes: [restored] }),
  ],
  unknown: issue('levitated', 'something new', {}, { ignored: 'not_wanted' }),
  story: {
    told: [
      issue('created', 'it is seen', story, { becomes: [broke] }),
      issue('resolved', 'it is resolved', { ...story, sent: '09:20' }, { becomes: [broke, restored] }),
      issue('unresolved', 'it comes back', { ...story, sent: '09:30' }, { becomes: [broke, broke] }),
      issue('resolved', 'it is resolved', { ...story, sent: '10:00' }, { becomes: [broke, restored] }),
    ],
    query: 'pipeline=sentry-tale&from=2026-03-01&to=2026-03-04',
    summary: { time_to_restore: { count: 1, open: 0, median: 3599.609 } },
  },
};
