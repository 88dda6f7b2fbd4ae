import { createHash, createHmac } from 'node:crypto';
import { at } from '../support/github-payloads.js';
import type { Sample, SourceSamples } from '../support/source-samples.js';

interface IssueOptions {
  key?: string;
  type?: string;
  project?: string;
  resolved?: string;
  /** What the change was of, from one value to another. */
  change?: [string, string | null, string | null];
  /** When Jira sent it. */
  sent?: string;
}

const broke = 'incident_status_change failure';
const restored = 'incident_status_change success';

/** As Jira writes a time: with an offset without its colon. */
function jiraTime(time: string): string {
  return at(time).replace('Z', '.000+0000');
}

function told(
  event: 'created' | 'updated' | 'deleted' | 'levitated',
  says: string,
  { key = 'SHOP-118', type = 'Incident', project = 'SHOP', resolved, change, sent = '09:00' }: IssueOptions,
  expected: Pick<Sample, 'becomes' | 'ignored'>,
): Sample {
  const [field, from, to] = change ?? [];
  const body = {
    timestamp: Date.parse(at(sent)),
    webhookEvent: `jira:issue_${event}`,
    issue_event_type_name: event === 'created' ? 'issue_created' : 'issue_generic',
    user: { accountId: '5b10a2844c20165700ede21g', displayName: 'Ada' },
    issue: {
      id: '10118',
      self: 'https://acme.atlassian.net/rest/api/2/issue/10118',
      key,
      fields: {
        summary: 'One in five checkouts fails',
        issuetype: { id: '10002', name: type, subtask: false },
        project: { id: '10000', key: project, name: 'Shop' },
        priority: { id: '1', name: 'Highest' },
        status: {
          name: resolved ? 'Done' : 'In Progress',
          statusCategory: { key: resolved ? 'done' : 'indeterminate' },
        },
        created: jiraTime('09:00'),
        updated: jiraTime(sent),
        resolution: resolved ? { id: '10000', name: 'Done' } : null,
        resolutiondate: resolved ? jiraTime(resolved) : null,
      },
    },
    ...(field && {
      changelog: {
        id: '10124',
        items: [
          { field, fieldId: field, fieldtype: 'jira', from, fromString: from && 'Done', to, toString: to && 'Done' },
        ],
      },
    }),
  };
  return { event: `jira:issue_${event}`, says, body, ...expected };
}

const done: IssueOptions = { resolved: '09:30', sent: '09:30', change: ['resolution', null, '10000'] };
const reopened: IssueOptions = { sent: '09:40', change: ['resolution', '10000', null] };
const story = { key: 'TALE-1', project: 'TALE' };

export const samples: SourceSamples = {
  source: 'jira',
  path: '/hooks/jira',
  secret: { value: 'the secret of the webhook in Jira' },
  headersOf(raw) {
    const hmac = createHmac('sha256', this.secret?.value ?? '').update(raw);
    // Jira's own is the same when it is sent again, too.
    const identifier = createHash('sha256').update(raw).digest('hex').slice(0, 32);
    return {
      'x-atlassian-webhook-identifier': identifier,
      'x-hub-signature': `sha256=${hmac.digest('hex')}`,
    };
  },
  samples: [
    told('created', 'an incident is opened', {}, { becomes: [broke] }),
    told('created', 'one of an old service desk', { key: 'DESK-1', type: '[System] Incident' }, { becomes: [broke] }),
    told('created', 'a task is opened', { key: 'SHOP-119', type: 'Task' }, { ignored: 'not_wanted' }),
    told('updated', 'somebody takes it', { sent: '09:05', change: ['assignee', null, 'ada'] }, { becomes: [broke] }),
    told('updated', 'it is resolved', done, { becomes: [broke, restored] }),
    told('updated', 'it is opened again', reopened, { becomes: [broke, broke] }),
    told('deleted', 'it is deleted', { sent: '09:50' }, { becomes: [broke, restored] }),
  ],
  unknown: told('levitated', 'something new', {}, { ignored: 'not_wanted' }),
  story: {
    told: [
      told('created', 'it is opened', story, { becomes: [broke] }),
      told('updated', 'it is resolved', { ...story, ...done }, { becomes: [broke, restored] }),
      told('updated', 'it is opened again', { ...story, ...reopened }, { becomes: [broke, broke] }),
      told(
        'updated',
        'it is resolved',
        { ...story, ...done, resolved: '10:00', sent: '10:01' },
        { becomes: [broke, restored] },
      ),
    ],
    query: 'pipeline=TALE&from=2026-03-01&to=2026-03-04',
    summary: { time_to_restore: { count: 1, open: 0, median: 3600 } },
  },
};
