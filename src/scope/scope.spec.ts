import { NO_RULES } from './no-rules.js';
import type { ScopeRules } from './scope-rules.js';
import { Scope } from './scope.js';

function scope(rules: Partial<ScopeRules>): Scope {
  return new Scope({ ...NO_RULES, ...rules });
}

describe('a scope', () => {
  it('leaves every name as it is unless a rule says otherwise', () => {
    const none = scope({});
    expect([
      none.pipelineOf('github', 'acme/shop'),
      none.environmentOf('prod'),
      none.defaultBranchOf('acme/shop', 'main'),
    ]).toEqual(['acme/shop', 'prod', 'main']);
  });

  it('renames a pipeline by the first rule that matches, of its source or of any', () => {
    const renaming = scope({
      pipelines: [
        { source: 'pagerduty', match: 'Shop *', pipeline_id: 'acme/shop' },
        { match: 'acme/old-*', pipeline_id: 'acme/new' },
        { match: 'acme/old-shop', pipeline_id: 'acme/never' },
      ],
    });
    expect(renaming.pipelineOf('pagerduty', 'Shop API')).toBe('acme/shop');
    expect(renaming.pipelineOf('opsgenie', 'Shop API')).toBe('Shop API');
    expect(renaming.pipelineOf('gitlab', 'acme/old-shop')).toBe('acme/new');
  });

  it('takes a star for anything within a name, two for anything at all, and other signs for themselves', () => {
    const globs = scope({
      environments: [
        { match: 'eu-*', environment: 'europe' },
        { match: 'us/**', environment: 'america' },
        { match: '!asia', environment: 'loud' },
        { match: 'a{b,c}', environment: 'braces' },
        { match: '[x]', environment: 'brackets' },
        { match: 'p (a|b)', environment: 'parentheses' },
      ],
    });
    const told = ['eu-1', 'eu-1/a', 'us/1/a', '!asia', 'asia', 'ab', 'a{b,c}', 'x', '[x]', 'p (a|b)', 'p a'];
    expect(told.map((name) => globs.environmentOf(name))).toEqual([
      'europe',
      'eu-1/a',
      'america',
      'loud',
      'asia',
      'ab',
      'braces',
      'x',
      'brackets',
      'parentheses',
      'p a',
    ]);
  });

  it('names nothing that is longer than names are, so that nobody can keep a glob busy', () => {
    const globs = scope({ environments: [{ match: 'acme/*-*-*', environment: 'here' }] });
    expect(globs.environmentOf(`acme/${'-'.repeat(900)}`)).toBe('here');
    const endless = `acme/${'-'.repeat(1_000_000)}`;
    expect(globs.environmentOf(endless)).toBe(endless);
  });

  it('deploys by a run that every part of a rule names', () => {
    const deploying = scope({
      deployments: [
        { source: 'github', event: 'workflow_run', name: 'Deploy *', branch: 'main', environment: 'production' },
        { event: 'release', repository: 'acme/**', name: 'v*', environment: 'live', pipeline_id: 'shop-api' },
      ],
    });
    const run = { source: 'github', event: 'workflow_run', repository: 'acme/shop', name: 'Deploy it', branch: 'main' };
    expect(deploying.deploysTo(run)).toEqual({ environment: 'production' });
    expect(deploying.deploysTo({ ...run, source: 'gitea' })).toBeUndefined();
    expect(deploying.deploysTo({ ...run, branch: 'feature' })).toBeUndefined();
    expect(deploying.deploysTo({ ...run, branch: undefined })).toBeUndefined();
    expect(deploying.deploysTo({ ...run, name: 'Test it' })).toBeUndefined();
    expect(deploying.deploysTo({ ...run, event: 'release', name: 'v1.2' })).toEqual({
      environment: 'live',
      deployed: 'shop-api',
    });
    expect(deploying.deploysTo({ ...run, event: 'release', name: 'v1.2', repository: 'other/shop' })).toBeUndefined();
  });

  it('knows incidents by their labels, whatever the case, and rework by its branch', () => {
    expect([['Incident'], ['bug', 'incident'], ['bug'], []].map((labels) => scope({}).isIncident(labels))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    const branches = ['hotfix/payments/1', 'hotfix', 'hotfix-2', 'feature/hotfix', 'hotfixes'];
    expect(branches.map((branch) => scope({}).isReworkBranch(branch))).toEqual([true, true, true, false, false]);
  });

  it('knows a change that is rework by its branch or by one of its labels, whatever the case', () => {
    const rework = { rework: true };
    expect(scope({}).reworkOf('hotfix/1', ['bug'])).toEqual(rework);
    expect(scope({}).reworkOf('feature', ['bug', 'HotFix'])).toEqual(rework);
    expect(scope({}).reworkOf(undefined, ['hotfix'])).toEqual(rework);
    expect(scope({}).reworkOf('feature', ['bug', 'hotfixes'])).toEqual({});
    expect(scope({ rework_labels: ['Urgent'] }).reworkOf('feature', ['urgent'])).toEqual(rework);
    expect(scope({ rework_labels: ['urgent'] }).reworkOf('feature', ['hotfix'])).toEqual({});
  });
});
