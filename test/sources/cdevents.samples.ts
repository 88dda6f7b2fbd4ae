import { aCdevent, aDeployedService, inBatchMode, inBinaryMode, inStructuredMode } from '../support/cdevents.js';
import { sha } from '../support/github-payloads.js';
import type { Sample, SourceSamples } from '../support/source-samples.js';

const repository = { repository: { id: 'acme/shop' } };
const running = { environment: { id: 'production' }, artifactId: `pkg:github/acme/shop@${sha('m')}` };
const broken = { ...running, service: { id: 'shop' } };
const commit_id = sha('m');
const customData = { environment: 'production', commit_id };

type Message = Pick<Sample, 'body' | 'headers'>;

function told(event: string, says: string, { body, headers }: Message, expected: Pick<Sample, 'becomes' | 'ignored'>) {
  return { event, says, body, ...(headers ? { headers } : {}), ...expected };
}

function bare(kind: string, options: Parameters<typeof aCdevent>[1] = {}): Message {
  return { body: aCdevent(kind, options) };
}

/** A pipeline run with this outcome. */
function run(outcome: string, data: object = customData, pipelineName = 'shop'): Message {
  return bare('pipelinerun.finished', { content: { pipelineName, outcome }, customData: data });
}

function ticket(kind: string, ticketType: string, data: object = { pipeline_id: 'shop' }): Message {
  return bare(kind, { subject: 'T-1', content: { ticketType }, customData: data });
}

export const samples: SourceSamples = {
  source: 'cdevents',
  path: '/cdevents',
  headersOf: () => ({}),
  deployments: [{ source: 'cdevents', event: 'pipelinerun', name: 'deploy-*', environment: 'production' }],
  samples: [
    told(
      'change.created',
      'a change is created',
      inStructuredMode(aCdevent('change.created', { subject: sha('f2'), content: repository })),
      { becomes: ['submit'] },
    ),
    told(
      'change.created',
      'one is created of which only the number is known',
      bare('change.created', { subject: '7' }),
      {
        ignored: 'no_commit',
      },
    ),
    told('change.merged', 'it is merged', bare('change.merged', { subject: '7', content: repository, customData }), {
      becomes: ['approve'],
    }),
    told('change.reviewed', 'it is reviewed', bare('change.reviewed', { subject: '7' }), { ignored: 'no_verdict' }),
    told('change.abandoned', 'it is abandoned', bare('change.abandoned', { subject: '7' }), {
      ignored: 'closed_unmerged',
    }),
    told('service.deployed', 'a service is deployed', inBinaryMode(aDeployedService()), {
      becomes: ['deploy success'],
    }),
    told('service.upgraded', 'it is upgraded', bare('service.upgraded', { content: running }), {
      becomes: ['deploy success'],
    }),
    told('service.rolledback', 'it is rolled back', bare('service.rolledback', { content: running }), {
      becomes: ['deploy success'],
    }),
    told('service.removed', 'it is removed', bare('service.removed', { content: running }), { ignored: 'removed' }),
    told('pipelinerun.finished', 'its deployment fails', run('failure'), { becomes: ['deploy failure'] }),
    told('pipelinerun.finished', 'its deployment is canceled', run('cancel'), { becomes: ['deploy canceled'] }),
    told('pipelinerun.finished', 'a run fails that deploys by a rule', run('failure', { commit_id }, 'deploy-shop'), {
      becomes: ['deploy failure'],
    }),
    told('pipelinerun.finished', 'its deployment succeeds', run('success'), { ignored: 'told_by_its_services' }),
    told('pipelinerun.finished', 'its deployment ends somehow', run('somehow'), { ignored: 'state_not_used' }),
    told('pipelinerun.finished', 'a build fails', run('failure', {}), { ignored: 'not_a_deployment' }),
    told('incident.detected', 'it breaks', bare('incident.detected', { subject: 'I-1', content: broken }), {
      becomes: ['incident_status_change failure'],
    }),
    told('incident.reported', 'it is reported', bare('incident.reported', { subject: 'I-1', content: broken }), {
      becomes: ['incident_status_change failure'],
    }),
    told('incident.resolved', 'it is resolved', bare('incident.resolved', { subject: 'I-1', content: broken }), {
      becomes: ['incident_status_change success'],
    }),
    told('incident.detected', 'something breaks', bare('incident.detected', { subject: 'I-2', content: running }), {
      ignored: 'no_pipeline',
    }),
    told('ticket.created', 'a ticket of an incident is opened', ticket('ticket.created', 'incident'), {
      becomes: ['incident_status_change failure'],
    }),
    told('ticket.updated', 'it is updated', ticket('ticket.updated', 'incident'), { ignored: 'no_state' }),
    told('ticket.closed', 'it is closed', ticket('ticket.closed', 'incident'), {
      becomes: ['incident_status_change success'],
    }),
    told('ticket.created', 'a ticket of a task is opened', ticket('ticket.created', 'task'), {
      ignored: 'not_an_incident',
    }),
    told(
      'service.deployed',
      'a batch has a deployment and a test',
      inBatchMode(aDeployedService({ id: 'in a batch' }), aCdevent('testcaserun.finished')),
      { becomes: ['deploy success'], ignored: 'event_not_used' },
    ),
  ],
  unknown: told('moon.landed', 'something new', inBinaryMode(aCdevent('moon.landed')), { ignored: 'event_not_used' }),
  story: {
    told: [
      told('service.deployed', 'a baseline', inBinaryMode(deployed('m0', '07:00')), { becomes: ['deploy success'] }),
      told('change.created', 'a review begins', inStructuredMode(change('change.created', 'f2', '09:00')), {
        becomes: ['submit'],
      }),
      told('change.merged', 'it is merged', inStructuredMode(change('change.merged', 'm', '11:00')), {
        becomes: ['approve'],
      }),
      told('service.deployed', 'it is live', inBatchMode(deployed('m', '12:00')), { becomes: ['deploy success'] }),
      told('incident.detected', 'it breaks', inBinaryMode(incident('incident.detected', '13:00')), {
        becomes: ['incident_status_change failure'],
      }),
      told('incident.resolved', 'it is restored', inBinaryMode(incident('incident.resolved', '14:00')), {
        becomes: ['incident_status_change success'],
      }),
    ],
    query: 'pipeline=cdevents/story&from=2026-03-01&to=2026-03-04',
    summary: {
      deployment_frequency: { deployments: 2 },
      lead_time: { total: { count: 1, median: 3 * 3600 }, review: { median: 2 * 3600 }, deployment: { median: 3600 } },
      change_failure_rate: { failed: 1 },
      time_to_restore: { median: 3600 },
    },
  },
};

function deployed(commit: string, time: string) {
  return aDeployedService({ subject: 'cdevents/story', time, artifactId: `pkg:github/cdevents/story@${sha(commit)}` });
}

function change(kind: string, commit: string, time: string) {
  const content = { repository: { id: 'cdevents/story' } };
  return aCdevent(kind, { subject: '7', time, content, customData: { commit_id: sha(commit) } });
}

function incident(kind: string, time: string) {
  const artifactId = `pkg:github/cdevents/story@${sha('m')}`;
  const content = { environment: { id: 'production' }, service: { id: 'cdevents/story' }, artifactId };
  return aCdevent(kind, { subject: 'I-3', time, content });
}
