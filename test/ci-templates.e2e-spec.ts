import { execFileSync } from 'node:child_process';
import { parse } from 'yaml';
import { aCiWorld, RECORDED, runScript, type CiWorld } from './support/ci.js';
import { bash, blocks, readDocument, ROOT, section } from './support/documents.js';

const PAGE = readDocument('doc/ci.md');

describe('the templates for CI', () => {
  let world: CiWorld;
  beforeAll(async () => {
    world = await aCiWorld();
  });
  afterAll(() => world.close());

  it('all hold the one script', () => {
    expect(execFileSync('node', ['scripts/ci-templates.js', '--check'], { cwd: ROOT, encoding: 'utf8' })).toBe('');
  });

  describe('GitLab CI', () => {
    const [usage = ''] = blocks(section(PAGE, '## GitLab CI'), 'yaml');

    it.each([
      ['success', 'success'],
      ['failed', 'failure'],
      ['canceled', 'canceled'],
      ['running', 'in_progress'],
    ])('tells of a job that ended as %s', async (CI_JOB_STATUS, status) => {
      const template = parse(readDocument('ci/gitlab.yml')) as Record<string, { after_script: string[] }>;
      const { deploy } = parse(usage) as { deploy: { extends: string; environment: string } };
      const gitlab = {
        CI_JOB_STATUS,
        CI_PROJECT_PATH: `acme/${CI_JOB_STATUS}-job`,
        CI_ENVIRONMENT_NAME: deploy.environment,
        CI_COMMIT_SHA: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
        CI_JOB_ID: '99',
        CI_JOB_URL: 'https://gitlab.com/acme/web/-/jobs/99',
      };
      const script = template[deploy.extends]?.after_script.join('\n') ?? 'exit 2';
      expect(await runScript(`${script}\necho and on`, { ...world.variables, ...gitlab })).toEqual({
        code: 0,
        output: expect.stringMatching(/^DevOpstic recorded: .*\nand on\n$/),
      });
      expect(await world.stored(gitlab.CI_PROJECT_PATH)).toEqual([
        expect.objectContaining({
          status,
          environment: 'production',
          commit_id: gitlab.CI_COMMIT_SHA,
          deployment_id: '99',
          url: gitlab.CI_JOB_URL,
        }),
      ]);
    });
  });

  describe('Jenkins', () => {
    it.each([
      ['SUCCESS', 'success'],
      ['FAILURE', 'failure'],
      ['UNSTABLE', 'failure'],
      ['ABORTED', 'canceled'],
    ])(
      'has a script that knows a build that ended as %s; npm run test:jenkins runs its step',
      async (result, status) => {
        const step = readDocument('ci/jenkins/vars/devopsticEvent.groovy');
        const [, resource] = /sh libraryResource\('([^']+)'\)/.exec(step) ?? [];
        const jenkins = {
          DEVOPSTIC_EVENT_ENVIRONMENT: 'production',
          DEVOPSTIC_EVENT_STATUS: result,
          JOB_NAME: `billing-${result}`,
          GIT_COMMIT: '83baae61804e65cc73a7201a7252750c76066a30',
          BUILD_TAG: `jenkins-billing-${result}`,
          BUILD_URL: 'https://jenkins.example.com/job/billing/1/',
        };
        const script = readDocument(`ci/jenkins/resources/${resource}`);
        expect(await runScript(script, { ...world.variables, ...jenkins })).toEqual(RECORDED);
        expect(await world.stored(jenkins.JOB_NAME)).toEqual([
          expect.objectContaining({
            status,
            environment: 'production',
            commit_id: jenkins.GIT_COMMIT,
            deployment_id: jenkins.BUILD_TAG,
            url: jenkins.BUILD_URL,
          }),
        ]);
      },
    );
  });

  it('elsewhere, the script is told everything by its environment', async () => {
    const [script = ''] = blocks(section(PAGE, '## Anywhere else'), 'sh');
    expect(await runScript(script.replace('sh ci/', `sh ${ROOT}/ci/`), world.variables)).toEqual(RECORDED);
    expect(await world.stored('shop')).toEqual([
      expect.objectContaining({ status: 'success', environment: 'production', commit_id: 'c1', deployment_id: '42' }),
    ]);
  });

  it('curl alone does as well', async () => {
    const [, script = ''] = blocks(section(PAGE, '## Anywhere else'), 'sh');
    const answer = await bash(script, world.variables);
    expect(JSON.parse(answer)).toMatchObject({ type: 'deploy', pipeline_id: 'shop', deployment_id: '43' });
  });
});
