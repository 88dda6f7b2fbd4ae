import { createHmac } from 'node:crypto';
import { aCircleciEvent, type CircleciEvent } from '../../../test/support/circleci.js';
import { at, sha } from '../../../test/support/github-payloads.js';
import { Config } from '../../config/config.js';
import { NO_RULES } from '../../scope/no-rules.js';
import { Scope, UNSCOPED } from '../../scope/scope.js';
import { Payload } from '../payload.js';
import type { Headers } from '../webhook-source.js';
import { circleci } from './circleci.js';
import { readCircleci } from './circleci.reader.js';

const RULES = new Scope({
  ...NO_RULES,
  deployments: [
    {
      source: 'circleci',
      event: 'workflow-completed',
      repository: 'acme/*',
      name: 'deploy',
      environment: 'production',
    },
    { source: 'circleci', event: 'job-completed', name: 'deploy', branch: 'hotfix/*', environment: 'live' },
  ],
});

function read(event: CircleciEvent, scope = RULES) {
  return readCircleci(new Payload(aCircleciEvent(event)), scope);
}

function eventsOf(event: CircleciEvent) {
  const reading = read(event);
  return 'events' in reading ? reading.events : [];
}

describe('a workflow that a rule says deploys', () => {
  it('is a deployment, from its start to its end', () => {
    const deployment = {
      type: 'deploy',
      pipeline_id: 'acme/shop',
      environment: 'production',
      commit_id: sha('m'),
      deployment_id: 'workflow-w-1',
      url: 'https://app.circleci.com/pipelines/github/acme/shop/42/workflows/w-1',
    };
    expect(eventsOf({})).toEqual([
      { ...deployment, status: 'in_progress', timestamp: at('11:55') },
      { ...deployment, status: 'success', timestamp: at('12:00') },
    ]);
  });

  it('is the same of a project that is connected by an app', () => {
    expect(eventsOf({ by_app: true })).toEqual(eventsOf({}));
  });

  it.each([
    ['failed', 'failure'],
    ['error', 'failure'],
    ['canceled', 'canceled'],
    ['unauthorized', 'canceled'],
  ])('that %s is one too', (told, status) => {
    expect(eventsOf({ status: told })).toMatchObject([{ status: 'in_progress' }, { status }]);
  });

  it('is of no use by a status that nobody knows, or without a commit', () => {
    expect(read({ status: 'dreaming' })).toEqual({ ignored: 'state_not_used' });
    expect(read({ commit: null })).toEqual({ ignored: 'no_commit' });
  });

  it('that does not tell when it stopped has ended when that was told', () => {
    const { workflow, ...rest } = aCircleciEvent();
    const reading = readCircleci(new Payload({ ...rest, workflow: { ...workflow, stopped_at: null } }), RULES);
    expect(reading).toMatchObject({ events: [{}, { timestamp: at('12:01') }] });
  });
});

describe('a job that a rule says deploys', () => {
  const job = { type: 'job-completed', branch: 'hotfix/1' };

  it('is a deployment of its own, rework by its branch', () => {
    const told = { deployment_id: 'job-j-1', environment: 'live', rework: true };
    expect(eventsOf(job)).toMatchObject([
      { ...told, timestamp: at('11:58') },
      { ...told, timestamp: at('12:00') },
    ]);
  });

  it('is none where the rule is about another branch', () => {
    expect(read({ ...job, branch: 'main' })).toEqual({ ignored: 'not_a_deployment' });
    expect(read(job, UNSCOPED)).toEqual({ ignored: 'not_a_deployment' });
  });
});

describe('a signature of CircleCI', () => {
  const raw = Buffer.from('{}');
  const by = (secret: string) => createHmac('sha256', secret).update(raw).digest('hex');
  const signature = circleci.signature(new Config({ DEVOPSTIC_CIRCLECI_WEBHOOK_SECRET: 'new,old' }));
  const isAuthentic = (headers: Headers) => signature.isAuthentic(raw, headers);
  const accepts = (header: string | string[]) => isAuthentic({ 'circleci-signature': header });

  it('is good by any secret, in a list with others', () => {
    expect(accepts(`v1=${by('old')}`)).toBe(true);
    expect(accepts(`v0=11, v1=${by('new')} ,v2=22`)).toBe(true);
  });

  it('is none of another version, of another secret, twice, or one of too many', () => {
    expect(accepts(`v2=${by('new')}`)).toBe(false);
    expect(accepts(`${'v1=00,'.repeat(10)}v1=${by('new')}`)).toBe(false);
    expect(accepts(by('new'))).toBe(false);
    expect(accepts(`v1=${by('')}`)).toBe(false);
    expect(accepts([`v1=${by('new')}`, `v1=${by('new')}`])).toBe(false);
    expect(isAuthentic({})).toBe(false);
  });
});
