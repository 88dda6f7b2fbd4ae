import { readFileSync } from 'node:fs';
import { anArgocdEvent } from '../../../test/support/argocd.js';
import { at, sha } from '../../../test/support/github-payloads.js';
import { Payload } from '../payload.js';
import { readArgocd } from './argocd.reader.js';

function read(event: string, more: Record<string, unknown> = {}) {
  const reading = readArgocd(new Payload(anArgocdEvent(event, more)));
  return 'events' in reading ? reading.events : [];
}

describe('a notification of Argo CD', () => {
  it('tells how a sync began and how it ended, as one deployment', () => {
    const deployment = {
      type: 'deploy',
      pipeline_id: 'shop-eu',
      environment: 'production',
      commit_id: sha('m'),
      deployment_id: `shop-eu ${at('11:55')}`,
      url: 'https://argocd.example.com/applications/shop-eu',
    };
    const began = { ...deployment, status: 'in_progress', timestamp: at('11:55') };
    expect(read('deployed')).toEqual([began, { ...deployment, status: 'success', timestamp: at('12:00') }]);
    expect(read('sync-failed')).toEqual([began, { ...deployment, status: 'failure', timestamp: at('12:00') }]);
    expect(read('sync-running', { finished_at: '' })).toEqual([began]);
    expect(read('health-degraded', { health_changed_at: at('12:05') })).toEqual([
      began,
      { ...deployment, status: 'failure', timestamp: at('12:05') },
    ]);
  });

  it('is about the commit of the application where its annotation tells one, else about that of its configuration', () => {
    const commitOf = (more: object) => read('deployed', { ...more }).map((event) => event.commit_id);
    expect(commitOf({ commit: sha('app') })).toEqual([sha('app'), sha('app')]);
    expect(commitOf({ revision: '', revisions: [sha('chart'), sha('values')] })).toEqual([sha('chart'), sha('chart')]);
  });

  it('is about the namespace where no annotation tells an environment', () => {
    expect(read('deployed', { environment: '' })).toMatchObject([{ environment: 'shop' }, { environment: 'shop' }]);
  });

  it('is malformed without a time', () => {
    expect(() => read('deployed', { started_at: '' })).toThrow('/started_at must be a time');
    expect(() => read('deployed', { finished_at: null })).toThrow('/finished_at must be a time');
  });

  it('of a version that does not tell when the health changed is as of the end of the sync', () => {
    expect(read('health-degraded')).toMatchObject([{}, { status: 'failure', timestamp: at('12:00') }]);
  });

  it('has the fields that the documented template gives it', () => {
    const page = readFileSync(new URL('../../../doc/sources/argocd.md', import.meta.url), 'utf8');
    const [, template = ''] = /template\.devopstic: \|([\s\S]*?)\n\s*trigger\./.exec(page) ?? [];
    const fields = [...template.matchAll(/^\s*"(\w+)":/gm)].map(([, field]) => field);
    expect(fields.toSorted()).toEqual(Object.keys(anArgocdEvent('deployed')).toSorted());
  });
});
