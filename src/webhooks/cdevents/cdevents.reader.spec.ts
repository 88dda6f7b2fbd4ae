import { aCdevent, aDeployedService, ARTIFACT, type CdeventBody } from '../../../test/support/cdevents.js';
import { at, sha } from '../../../test/support/github-payloads.js';
import { NO_RULES } from '../../scope/no-rules.js';
import { Scope, UNSCOPED } from '../../scope/scope.js';
import { Payload } from '../payload.js';
import { readCdevents } from './cdevents.reader.js';

function read(event: unknown, scope = UNSCOPED) {
  return readCdevents({ payload: new Payload(event), headers: {} }, scope);
}

const content = { environment: { id: 'production' }, artifactId: ARTIFACT };

describe('a service that is deployed', () => {
  it('is a successful deployment of its commit, known by the id of the event', () => {
    expect(read(aDeployedService({ id: 'e-1', time: '12:00' }))).toEqual({
      events: [
        {
          type: 'deploy',
          status: 'success',
          pipeline_id: 'shop',
          environment: 'production',
          commit_id: sha('m'),
          deployment_id: 'e-1',
          timestamp: at('12:00'),
        },
      ],
    });
  });

  it('takes a change back only if it is rolled back', () => {
    const rollback = (kind: string) => read(aCdevent(kind, { content })).events.map((event) => event.rollback);
    expect(['service.deployed', 'service.upgraded', 'service.rolledback'].map(rollback)).toEqual([
      [undefined],
      [undefined],
      [true],
    ]);
  });

  it('is what customData says, where that says more', () => {
    const customData = { pipeline_id: 'acme/shop', environment: 'eu', commit_id: 'c1' };
    expect(read(aDeployedService({ customData })).events).toMatchObject([customData]);
  });

  it('is of no use where nothing tells what was deployed', () => {
    expect(read(aDeployedService({ artifactId: 'pkg:oci/shop' }))).toMatchObject({ ignored: 'no_commit' });
  });
});

describe('the type of an event', () => {
  const typed = (type: string): CdeventBody => {
    const event = aDeployedService();
    return { ...event, context: { ...event.context, type } };
  };

  it('is read whatever its version', () => {
    for (const version of ['', '.0.1.0-draft', '.0.1.1', '.0.2.0', '.0.3.0', '.1.0.0']) {
      expect(read(typed(`dev.cdevents.service.deployed${version}`)).events).toHaveLength(1);
    }
  });

  it('is of no use if it is none of the specification', () => {
    for (const type of [
      'dev.cdevents.service.deployedtwice.0.1.0',
      'dev.cdeventsx.tool.made',
      'dev.cdevents.service',
    ]) {
      expect(read(typed(type))).toEqual({ events: [], ignored: 'event_not_used' });
    }
  });
});

describe('a change', () => {
  const change = (subject: string, customData?: object) =>
    aCdevent('change.merged', {
      subject,
      content: { repository: { id: 'acme/shop' } },
      ...(customData ? { customData } : {}),
    });

  it('is tied to its pull request by a number, and to its commit by customData', () => {
    const customData = { commit_id: sha('m') };
    expect(read(change('7', customData)).events).toEqual([
      {
        type: 'approve',
        pipeline_id: 'acme/shop',
        commit_id: sha('m'),
        pull_request_id: 7,
        timestamp: at('12:00'),
      },
    ]);
    expect(read(change('acme/shop/7', { ...customData, pull_request_id: 8 })).events).toMatchObject([
      { pull_request_id: 8 },
    ]);
  });

  it('is a commit by its id, which then is no number', () => {
    const [event] = read(change(sha('m').toUpperCase())).events;
    expect(event).toMatchObject({ commit_id: sha('m') });
    expect(event).not.toHaveProperty('pull_request_id');
  });
});

describe('a pipeline run that ended', () => {
  const run = (outcome: string, more: object = {}) =>
    aCdevent('pipelinerun.finished', {
      subject: 'run-9',
      content: { pipelineName: 'deploy shop', outcome, uri: 'https://ci.example/9' },
      customData: { commit_id: sha('m'), ...more },
    });

  it('is a failed deployment where a rule says that it deploys', () => {
    const rule = { source: 'cdevents', event: 'pipelinerun', name: 'deploy *', environment: 'production' };
    const scope = new Scope({ ...NO_RULES, deployments: [rule] });
    expect(read(run('error'), scope).events).toEqual([
      {
        type: 'deploy',
        status: 'failure',
        pipeline_id: 'deploy shop',
        environment: 'production',
        commit_id: sha('m'),
        deployment_id: 'pipelinerun-run-9',
        url: 'https://ci.example/9',
        timestamp: at('12:00'),
      },
    ]);
    expect(read(run('error'))).toMatchObject({ ignored: 'not_a_deployment' });
  });

  it('is one too where customData names the environment', () => {
    expect(
      ['failure', 'error', 'cancel'].map((outcome) => read(run(outcome, { environment: 'qa' })).events),
    ).toMatchObject([[{ status: 'failure' }], [{ status: 'failure' }], [{ status: 'canceled', environment: 'qa' }]]);
  });

  it('is rework from a branch that is made for it, as a service is', () => {
    const hotfix = { environment: 'qa', branch: 'hotfix/1' };
    expect(read(run('failure', hotfix)).events).toMatchObject([{ rework: true }]);
    expect(read(aDeployedService({ customData: hotfix })).events).toMatchObject([{ rework: true }]);
    expect(read(aDeployedService({ customData: { branch: 'main' } })).events[0]).not.toHaveProperty('rework');
  });

  it('is of no use without a commit', () => {
    expect(read(run('failure', { environment: 'qa', commit_id: '' }))).toMatchObject({ ignored: 'no_commit' });
  });
});

describe('an incident', () => {
  it('blames the artifact that broke', () => {
    const broken = { ...content, service: { id: 'shop' }, ticketURI: 'https://tickets.example/1' };
    expect(read(aCdevent('incident.reported', { subject: 'I-1', content: broken })).events).toEqual([
      {
        type: 'incident_status_change',
        status: 'failure',
        pipeline_id: 'shop',
        environment: 'production',
        commit_id: sha('m'),
        incident_id: 'I-1',
        url: 'https://tickets.example/1',
        timestamp: at('12:00'),
      },
    ]);
  });

  it('that is a ticket is in the environment that customData names, if any', () => {
    const ticket = (customData: object) =>
      read(aCdevent('ticket.created', { subject: 'T-1', content: { ticketType: 'Incident' }, customData })).events[0];
    expect(ticket({ pipeline_id: 'shop', environment: 'qa' })).toMatchObject({ environment: 'qa', incident_id: 'T-1' });
    expect(ticket({ pipeline_id: 'shop' })).not.toHaveProperty('environment');
  });
});

describe('a malformed event', () => {
  it.each([
    ['without a type', {}, '/context/type'],
    ['without a subject', { ...aDeployedService({ customData: { commit_id: 'c1' } }), subject: null }, '/subject/id'],
    [
      'of no environment',
      aCdevent('service.deployed', { content: { artifactId: 'a1' } }),
      '/subject/content/environment/id',
    ],
    [
      'of no time',
      { ...aDeployedService(), context: { ...aDeployedService().context, timestamp: 1.5 } },
      '/context/timestamp',
    ],
    ['of no repository', aCdevent('change.merged', { subject: sha('m') }), '/subject/content/repository/id'],
  ])('%s says where', (_what, event, pointer) => {
    expect(() => read(event)).toThrow(new RegExp(`^${pointer} must be`));
  });
});

describe('the type of a CloudEvent', () => {
  const type = 'dev.cdevents.service.removed.0.1.1';
  const event = { context: { type } };
  const other = 'dev.cdevents.service.deployed.0.1.1';
  const binary = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/x' };
  const structured = { 'content-type': 'application/cloudevents+json' };
  const carrying = (name: string) => ({ specversion: '1.0', id: '1', source: '/x', type: name, data: event });
  const reading = (headers: Record<string, string>, body: object) => () =>
    readCdevents({ payload: new Payload(body), headers }, UNSCOPED);

  it.each([
    ['binary', { ...binary, 'ce-type': other }, event],
    ['structured', structured, carrying(other)],
    ['structured, with a header,', { ...structured, 'ce-type': other }, carrying(type)],
    ['no', { 'ce-type': other }, event],
  ])('that disagrees with what it carries is refused in %s mode', (_mode, headers, body) => {
    expect(reading(headers, body)).toThrow('must be the type that the CloudEvent has');
  });

  it('that agrees is read', () => {
    const rightly = [
      reading({ ...binary, 'ce-type': type }, event),
      reading({ ...structured, 'ce-type': type }, carrying(type)),
      reading({}, event),
    ];
    for (const told of rightly) expect(told()).toEqual({ events: [], ignored: 'removed' });
  });
});
