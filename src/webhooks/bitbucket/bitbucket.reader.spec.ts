import { abbreviated, aCloudPullRequest, aCommitStatus } from '../../../test/support/bitbucket-cloud-payloads.js';
import { at, sha } from '../../../test/support/github-payloads.js';
import { NO_RULES } from '../../scope/no-rules.js';
import { Scope, UNSCOPED } from '../../scope/scope.js';
import { Payload } from '../payload.js';
import { readBitbucket } from './bitbucket.reader.js';

function read(event_name: string, payload: unknown, scope = UNSCOPED) {
  return readBitbucket({ event_name, payload: new Payload(payload), headers: {} }, scope);
}

const precise = (time: string, fraction: string) => at(time).replace('Z', `.${fraction}+00:00`);

describe('a pull request of Bitbucket Cloud', () => {
  it('submits its head commit as it is abbreviated, when it is created', () => {
    expect(read('pullrequest:created', aCloudPullRequest({ updated: '09:30' }))).toEqual({
      events: [
        {
          type: 'submit',
          pipeline_id: 'acme/shop',
          commit_id: abbreviated('f2'),
          pull_request_id: 7,
          author: 'ada',
          url: 'https://bitbucket.org/acme/shop/pull-requests/7',
          timestamp: precise('09:00', '000000'),
        },
      ],
    });
  });

  it('submits it when it is made ready, at the time of that', () => {
    const ready = aCloudPullRequest({ updated: '10:00' });
    const timestamp = precise('10:00', '633443');
    expect(read('pullrequest:updated', ready)).toMatchObject({
      events: [
        { type: 'submit', timestamp },
        { type: 'review', status: 'in_progress', pull_request_id: 7, timestamp },
      ],
    });
    expect(read('pullrequest:created', aCloudPullRequest({ draft: true }))).toEqual({ ignored: 'draft' });
  });

  it('has its review put off when it is a draft, as long as it is open', () => {
    const draft = { draft: true, updated: '10:00' };
    const review = { type: 'review', status: 'canceled', pipeline_id: 'acme/shop', pull_request_id: 7 };
    const url = 'https://bitbucket.org/acme/shop/pull-requests/7';
    expect(read('pullrequest:updated', aCloudPullRequest(draft))).toEqual({
      events: [{ ...review, url, timestamp: precise('10:00', '633443') }],
    });
    const declined = aCloudPullRequest({ ...draft, state: 'DECLINED' });
    expect(read('pullrequest:updated', declined)).toEqual({ ignored: 'not_open' });
  });

  it('approves what it is merged as if that is told in full', () => {
    const merged = aCloudPullRequest({ state: 'MERGED', updated: '11:00', merged: sha('m') });
    expect(read('pullrequest:fulfilled', merged)).toMatchObject({
      events: [{ type: 'approve', commit_id: sha('m'), pull_request_id: 7, timestamp: precise('11:00', '633443') }],
    });
  });

  it('approves what is merged into the branch that a rule names', () => {
    const scope = new Scope({ ...NO_RULES, default_branches: [{ repository: 'acme/shop', branch: 'develop' }] });
    const merged = aCloudPullRequest({ state: 'MERGED', base: 'develop', merged: sha('m') });
    expect(read('pullrequest:fulfilled', merged)).toEqual({ ignored: 'not_default_branch' });
    expect(read('pullrequest:fulfilled', merged, scope)).toMatchObject({ events: [{ type: 'approve' }] });
  });

  it('is malformed without what its event must have', () => {
    const { pullrequest, ...rest } = aCloudPullRequest();
    expect(() => read('pullrequest:created', rest)).toThrow('/pullrequest/id');
    expect(() => read('pullrequest:created', { pullrequest })).toThrow('/repository/full_name');
  });
});

describe('the status of a build', () => {
  const rule = { source: 'bitbucket', event: 'commit_status', name: 'Deploy *', environment: 'production' };
  const scope = new Scope({ ...NO_RULES, deployments: [rule] });
  const deployment = {
    type: 'deploy',
    pipeline_id: 'acme/shop',
    environment: 'production',
    commit_id: sha('m'),
    deployment_id: `status-3343801-${sha('m')}`,
    url: 'https://bitbucket.org/acme/shop/pipelines/results/4',
  };

  it('is a deployment where a rule says so, and tells when that began', () => {
    expect(read('repo:commit_status_updated', aCommitStatus('FAILED'), scope)).toEqual({
      events: [
        { ...deployment, status: 'in_progress', timestamp: precise('11:50', '572438') },
        { ...deployment, status: 'failure', timestamp: precise('12:00', '838984') },
      ],
    });
  });

  it.each([
    ['INPROGRESS', ['in_progress']],
    ['SUCCESSFUL', ['in_progress', 'success']],
    ['STOPPED', ['in_progress', 'canceled']],
  ])('%s means %j', (state, statuses) => {
    const reading = read('repo:commit_status_created', aCommitStatus(state), scope);
    expect('events' in reading && reading.events.map(({ status }) => status)).toEqual(statuses);
  });

  it('names its commit by a link where that is all', () => {
    const href = `https://api.bitbucket.org/2.0/repositories/acme/shop/commit/${sha('m')}`;
    const linked = aCommitStatus('SUCCESSFUL', { commit: undefined, links: { commit: { href } } });
    expect(read('repo:commit_status_updated', linked, scope)).toMatchObject({
      events: [{ commit_id: sha('m') }, { commit_id: sha('m') }],
    });
  });

  it('is rework on a branch that is made for it', () => {
    const reading = read('repo:commit_status_created', aCommitStatus('INPROGRESS', { refname: 'hotfix/1' }), scope);
    expect(reading).toEqual({ events: [expect.objectContaining({ rework: true })] });
  });
});
