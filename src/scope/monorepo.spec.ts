import type { EventBody } from '../events/event.js';
import type { Telling } from '../events/telling.js';
import { NO_RULES } from './no-rules.js';
import type { ScopeRules } from './scope-rules.js';
import { Scope } from './scope.js';

const SHOP = {
  repository: 'acme/shop',
  pipelines: [
    { pipeline_id: 'api', paths: ['services/api/**', '*.lock'] },
    { pipeline_id: 'web', paths: ['services/web/**', '**/*.css'] },
  ],
};

function applied(telling: Telling, rules: Partial<ScopeRules> = { monorepos: [SHOP] }, source = 'github'): EventBody[] {
  return new Scope({ ...NO_RULES, ...rules }).applied(source, telling);
}

const commit = (files?: string[]): Telling => ({ type: 'commit', pipeline_id: 'acme/shop', commit_id: 'c', files });
const incident = (status: 'failure' | 'success', labels?: string[]): Telling => ({
  type: 'incident_status_change',
  pipeline_id: 'acme/shop',
  incident_id: 'i',
  status,
  labels,
});
const pipelinesOf = (events: EventBody[]) => events.map(({ pipeline_id }) => pipeline_id);

/** The pipelines that a commit changes something of. */
function changed(...files: string[]): string[] {
  const events = applied(commit(files));
  expect(pipelinesOf(events)).toEqual(['api', 'web']);
  return pipelinesOf(events.filter(({ outside }) => outside !== true));
}

describe('a commit of a repository with several pipelines', () => {
  it('is told of all of them, and is outside of those of which it changes no file', () => {
    expect(applied(commit(['services/api/cart.ts']))).toEqual([
      { type: 'commit', pipeline_id: 'api', commit_id: 'c' },
      { type: 'commit', pipeline_id: 'web', commit_id: 'c', outside: true },
    ]);
    expect(changed('services/web/cart.ts', 'README.md')).toEqual(['web']);
    expect(changed('services/api/theme.css', 'services/web/a')).toEqual(['api', 'web']);
    expect(changed('package.lock')).toEqual(['api']);
    expect(changed('services/apis/x', 'README.md')).toEqual([]);
  });

  it('is outside of none where its files are not known, and of all where it changes none', () => {
    expect(applied(commit())).toEqual([
      { type: 'commit', pipeline_id: 'api', commit_id: 'c' },
      { type: 'commit', pipeline_id: 'web', commit_id: 'c' },
    ]);
    expect(changed()).toEqual([]);
  });
});

describe('what else is told of such a repository', () => {
  it('is told of all of its pipelines', () => {
    const approval = { type: 'approve' as const, pipeline_id: 'acme/shop', commit_id: 'm', pull_request_id: 7 };
    expect(applied(approval)).toEqual([
      { ...approval, pipeline_id: 'api' },
      { ...approval, pipeline_id: 'web' },
    ]);
  });

  it('is, of an incident, told of those that its labels name, whatever the case; that it is over of all', () => {
    expect(pipelinesOf(applied(incident('failure', ['incident', 'API'])))).toEqual(['api']);
    expect(pipelinesOf(applied(incident('failure', ['incident'])))).toEqual(['api', 'web']);
    expect(pipelinesOf(applied(incident('failure')))).toEqual(['api', 'web']);
    expect(pipelinesOf(applied(incident('success', ['incident', 'API'])))).toEqual(['api', 'web']);
  });

  it('is, of a deployment, told of the pipeline that a rule names, and of no other', () => {
    const deployed: Telling = { type: 'deploy', pipeline_id: 'acme/shop', environment: 'prod-1', deployed: 'api' };
    const environments = [{ match: 'prod-*', environment: 'production' }];
    expect(applied(deployed, { monorepos: [SHOP], environments })).toEqual([
      { type: 'deploy', pipeline_id: 'api', environment: 'production' },
    ]);
    expect(pipelinesOf(applied(deployed, {}))).toEqual(['api']);
    expect(pipelinesOf(applied({ ...deployed, deployed: undefined }))).toEqual(['api', 'web']);
  });
});

describe('a rule for a repository with several pipelines', () => {
  it('is for what its source, or any, calls so, and stands before the names that other rules give', () => {
    const pipelines = [{ match: '**', pipeline_id: 'renamed' }];
    expect(pipelinesOf(applied(commit(), { monorepos: [SHOP], pipelines }))).toEqual(['api', 'web']);
    const elsewhere = { monorepos: [{ ...SHOP, source: 'gitlab' }], pipelines };
    expect(pipelinesOf(applied(commit(), elsewhere))).toEqual(['renamed']);
    expect(pipelinesOf(applied(commit(), elsewhere, 'gitlab'))).toEqual(['api', 'web']);
    expect(pipelinesOf(applied({ ...commit(), pipeline_id: 'acme/other' }))).toEqual(['acme/other']);
  });

  it('leaves nothing in an event that is none of its fields', () => {
    const events = [...applied(commit(['a'])), ...applied(commit(['a']), {}), ...applied(incident('failure', ['api']))];
    expect(events.filter((event) => 'files' in event || 'labels' in event || 'deployed' in event)).toEqual([]);
  });
});
