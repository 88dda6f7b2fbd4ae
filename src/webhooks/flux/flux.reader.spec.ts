import { aFluxEvent, type FluxEvent } from '../../../test/support/flux.js';
import { at, sha } from '../../../test/support/github-payloads.js';
import { Payload } from '../payload.js';
import { readFlux } from './flux.reader.js';
import { commitOfRevision } from './revision.js';

function read(reason: string, event: FluxEvent = {}) {
  const reading = readFlux(new Payload(aFluxEvent(reason, event)));
  return 'events' in reading ? reading.events : [];
}

describe('an event of Flux', () => {
  it('tells how the deployment of a revision stands, by the object and the revision', () => {
    const deployment = {
      type: 'deploy',
      pipeline_id: 'shop',
      environment: 'production',
      commit_id: sha('m'),
      deployment_id: `Kustomization/apps/shop@main@sha1:${sha('m')}`,
    };
    expect(read('HealthCheckFailed', { time: '11:00' })).toEqual([
      { ...deployment, status: 'failure', timestamp: at('11:00') },
    ]);
    expect(read('ReconciliationSucceeded')).toEqual([{ ...deployment, status: 'success', timestamp: at('12:00') }]);
  });

  it('is about the pipeline, the commit and the environment that its metadata names', () => {
    const metadata = { pipeline: 'acme/shop', commit: sha('app'), environment: 'eu', summary: 'Europe' };
    expect(read('ReconciliationSucceeded', { metadata })).toMatchObject([
      { pipeline_id: 'acme/shop', commit_id: sha('app'), environment: 'eu' },
    ]);
    expect(read('ReconciliationSucceeded', { metadata: { summary: 'Europe' } })).toMatchObject([
      { environment: 'Europe' },
    ]);
  });

  it('is about the commit that an artifact was made of, not about the artifact', () => {
    const metadata = { environment: 'eu', originRevision: `main@sha1:${sha('m')}` };
    const revision = `latest@sha256:${'ab'.repeat(32)}`;
    expect(read('ReconciliationSucceeded', { revision, metadata })).toMatchObject([{ commit_id: sha('m') }]);
  });

  it('may name its metadata with the group', () => {
    const metadata = { 'kustomize.toolkit.fluxcd.io/revision': `main/${sha('old')}`, environment: 'eu' };
    expect(read('ReconciliationSucceeded', { revision: null, metadata })).toMatchObject([{ commit_id: sha('old') }]);
  });

  it('of a rollback is another deployment than the first of that version', () => {
    const chart = { kind: 'HelmRelease', revision: '1.2.0' };
    const [first] = read('InstallSucceeded', chart);
    const [again] = read('RollbackSucceeded', { ...chart, time: '13:00' });
    expect(first).toMatchObject({ commit_id: '1.2.0', deployment_id: 'HelmRelease/apps/shop@1.2.0' });
    expect(first).not.toHaveProperty('rollback');
    expect(again).toMatchObject({ commit_id: '1.2.0', rollback: true });
    expect(again?.deployment_id).not.toBe(first?.deployment_id);
  });

  it('is malformed without an object or a time', () => {
    const event = aFluxEvent('ReconciliationSucceeded');
    expect(() => readFlux(new Payload({ ...event, involvedObject: {} }))).toThrow('/involvedObject/kind must be');
    expect(() => readFlux(new Payload({ ...event, timestamp: null }))).toThrow('/timestamp must be a time');
  });
});

describe('the commit of a revision', () => {
  it.each([
    [`main@sha1:${sha('m')}`, sha('m')],
    [`sha1:${sha('m')}`, sha('m')],
    [`refs/tags/v1@sha1:${sha('m')}`, sha('m')],
    [`feature/new/${sha('m')}`, sha('m')],
    [sha('m').toUpperCase(), sha('m')],
    ['6.5.0+abcdef', '6.5.0+abcdef'],
    [`6.5.0@sha256:${'ab'.repeat(32)}`, `6.5.0@sha256:${'ab'.repeat(32)}`],
  ])('%s', (revision, commit) => {
    expect(commitOfRevision(revision)).toBe(commit);
  });
});
