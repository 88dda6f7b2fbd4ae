import { at, sha } from '../../../test/support/github-payloads.js';
import { aBuild, type JenkinsBuild } from '../../../test/support/jenkins.js';
import { NO_RULES } from '../../scope/no-rules.js';
import { Scope, UNSCOPED } from '../../scope/scope.js';
import { Payload } from '../payload.js';
import { readJenkins } from './jenkins.reader.js';
import { jobOf, repositoryOf } from './names.js';

function read(body: unknown, scope = UNSCOPED) {
  const reading = readJenkins(new Payload(body), scope);
  return 'events' in reading ? reading.events : [];
}

const utc = (time: string) => new Date(at(time)).toISOString();

describe('a build', () => {
  it('is a deployment from its start to its end, told when it is completed', () => {
    const deployment = {
      type: 'deploy',
      pipeline_id: 'acme/shop',
      environment: 'production',
      commit_id: sha('m'),
      deployment_id: 'shop/deploy#42',
      url: 'https://jenkins.example.com/job/shop/job/deploy/42/',
    };
    expect(read(aBuild())).toEqual([
      { ...deployment, status: 'in_progress', timestamp: utc('11:55') },
      { ...deployment, status: 'success', timestamp: utc('12:00') },
    ]);
    expect(read(aBuild({ phase: 'FINALIZED', time: '12:01' }))).toEqual([
      { ...deployment, status: 'success', timestamp: utc('12:01') },
    ]);
  });

  it('says by its parameters what it deploys, and where to', () => {
    const parameters = { DEVOPSTIC_ENVIRONMENT: 'qa', DEVOPSTIC_PIPELINE: 'shop', DEVOPSTIC_COMMIT: 'c1' };
    const told = { pipeline_id: 'shop', environment: 'qa', commit_id: 'c1' };
    expect(read(aBuild({ parameters }))).toMatchObject([told, told]);
  });

  it('is one where a rule says so, and rework by its branch', () => {
    const deployments = [
      {
        source: 'jenkins',
        event: 'build',
        repository: 'acme/*',
        name: 'shop/deploy',
        branch: 'hotfix/*',
        environment: 'live',
      },
    ];
    const build: JenkinsBuild = { parameters: {}, branch: 'origin/hotfix/1' };
    const told = { environment: 'live', rework: true };
    expect(read(aBuild(build), new Scope({ ...NO_RULES, deployments }))).toMatchObject([told, told]);
    expect(read(aBuild({ parameters: {} }), new Scope({ ...NO_RULES, deployments }))).toEqual([]);
  });

  it('may have its time written out', () => {
    const body = aBuild({ phase: 'FINALIZED' });
    const timed = (timestamp: unknown) => read({ ...body, build: { ...body.build, timestamp } });
    expect(timed('2026-03-02T13:00:00.5+01:00')).toMatchObject([{ timestamp: '2026-03-02T12:00:00.500Z' }]);
    expect(() => timed('noon')).toThrow('/build/timestamp must be a time');
    expect(() => timed(null)).toThrow('/build/timestamp must be a time');
  });

  it('is malformed without a phase or a number', () => {
    const body = aBuild();
    expect(() => read({ ...body, build: {} })).toThrow('/build/phase must be');
    expect(() => read({ ...body, build: { ...body.build, number: '42' } })).toThrow('/build/number must be an integer');
  });
});

describe('a job', () => {
  it.each([
    [{ name: 'main', url: 'job/acme/job/shop/job/main/' }, 'acme/shop/main'],
    [{ name: 'x', url: 'job/feature%2Fn%C3%A4chste/' }, 'feature/nächste'],
    [{ name: 'x', url: 'job/100%/' }, '100%'],
    [{ name: 'deploy' }, 'deploy'],
  ])('%j', (payload, name) => {
    expect(jobOf(new Payload(payload))).toBe(name);
  });
});

describe('a repository', () => {
  it.each([
    ['https://git.example.com/acme/shop.git', 'acme/shop'],
    ['https://ada:secret@git.example.com/acme/shop/', 'acme/shop'],
    ['git@git.example.com:acme/team/shop.git', 'acme/team/shop'],
    ['ssh://git@git.example.com:2222/acme/shop', 'acme/shop'],
    ['/srv/git/shop.git', undefined],
    [undefined, undefined],
  ])('%s', (url, name) => {
    expect(repositoryOf(new Payload(url))).toBe(name);
  });
});
