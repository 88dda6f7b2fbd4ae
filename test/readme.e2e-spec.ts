import { existsSync } from 'node:fs';
import { Config } from '../src/config/config.js';
import { ADMIN, startApp, type TestApp } from './support/app.js';
import { answersIn, bash, blocks, indentedAfter, readDocument, ROOT, section } from './support/documents.js';

const README = readDocument('README.md');
const PACKAGE = JSON.parse(readDocument('package.json')) as { scripts: Record<string, string> };

describe('the README', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const ours = (script: string): string =>
    script
      .replaceAll('http://localhost:8080', app.url)
      .replace("'<the password that the first start printed>'", `'${ADMIN.password}'`);

  it('yields all four metrics with five calls, as it says', async () => {
    const calls = section(README, '## Five calls');
    const [script = ''] = blocks(calls, 'bash');
    expect(script.match(/^TOKEN=\$\(curl|^curl/gm)).toHaveLength(5);
    const answers = answersIn(await bash(ours(script)));
    const [promised = ''] = blocks(calls, 'json');
    expect(answers.at(-1)).toMatchObject(JSON.parse(promised) as object);
  });

  describe('shows jobs that tell of a deployment', () => {
    const shown = section(README, '## Send deployments from your pipeline');
    let key: string;
    beforeAll(async () => {
      const [login = ''] = blocks(section(README, '## Five calls'), 'bash');
      const [makeKey = ''] = blocks(shown, 'bash');
      const upToToken = ours(login).split('# 2.')[0] ?? '';
      key = (JSON.parse(await bash(upToToken + makeKey)) as { secret: string }).secret;
    });

    const common = () => ({ DEVOPSTIC_URL: app.url, DEVOPSTIC_KEY: key });

    it('GitHub Actions', async () => {
      const [step = ''] = blocks(shown, 'yaml');
      const github = {
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_SHA: '6dcb09b5b57875f334f61aebed695e2e4193db5e',
        GITHUB_RUN_ID: '4711',
        GITHUB_RUN_ATTEMPT: '2',
        GITHUB_SERVER_URL: 'https://github.com',
      };
      const stored = await bash(indentedAfter(step, 'run: |'), { ...common(), ...github, STATUS: 'success' });
      expect(JSON.parse(stored)).toMatchObject({
        type: 'deploy',
        status: 'success',
        pipeline_id: 'acme/shop',
        environment: 'production',
        commit_id: github.GITHUB_SHA,
        deployment_id: '4711-2',
        url: 'https://github.com/acme/shop/actions/runs/4711',
      });
    });

    it.each([
      ['success', 'success'],
      ['failed', 'failure'],
      ['canceled', 'canceled'],
    ])('GitLab CI, of a job that ended as %s', async (CI_JOB_STATUS, status) => {
      const [, job = ''] = blocks(shown, 'yaml');
      const gitlab = {
        CI_JOB_STATUS,
        CI_PROJECT_PATH: 'acme/web',
        CI_ENVIRONMENT_NAME: 'production',
        CI_COMMIT_SHA: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
        CI_JOB_ID: `job-${status}`,
        CI_JOB_URL: 'https://gitlab.com/acme/web/-/jobs/1',
      };
      const stored = await bash(indentedAfter(job, '- |'), { ...common(), ...gitlab });
      expect(JSON.parse(stored)).toMatchObject({ type: 'deploy', status, deployment_id: `job-${status}` });
    });

    it.each([
      ['SUCCESS', 'success'],
      ['FAILURE', 'failure'],
      ['UNSTABLE', 'failure'],
      ['ABORTED', 'canceled'],
    ])('Jenkins, of a build that ended as %s', async (RESULT, status) => {
      const [post = ''] = blocks(shown, 'groovy');
      // What Groovy makes of the text between three quotes.
      const script = indentedAfter(post, "sh '''").replaceAll('\\\n', '').replaceAll('\\\\', '\\');
      const jenkins = {
        RESULT,
        JOB_NAME: 'acme/billing',
        GIT_COMMIT: '83baae61804e65cc73a7201a7252750c76066a30',
        BUILD_TAG: `jenkins-acme-billing-${RESULT}`,
        BUILD_URL: 'https://jenkins.example.com/job/billing/1/',
      };
      const stored = await bash(script, { ...common(), ...jenkins });
      expect(JSON.parse(stored)).toMatchObject({ type: 'deploy', status, pipeline_id: 'acme/billing' });
    });
  });

  it('lists every variable that there is, as .env.example does, and no other', () => {
    const read = new Set<string>();
    const noting = new Proxy<Record<string, string>>({}, { get: (_, name) => void read.add(String(name)) });
    expect(new Config(noting).database).toBeNull();
    const known = [...read].filter((name) => name.startsWith('DEVOPSTIC_')).toSorted();
    const rows = section(README, '## Configuration').matchAll(/^\| `(DEVOPSTIC_\w+)` +\| (.*?) +\|/gm);
    const table = new Map([...rows].map(([, name = '', fallback = '']) => [name, fallback]));
    expect([...table.keys()].toSorted()).toEqual(known);
    const example = readDocument('.env.example').matchAll(/^#(DEVOPSTIC_\w+)=(.*)$/gm);
    for (const [, name = '', value = ''] of example) {
      const fallback = table.get(name)?.replaceAll('\\|', '|');
      if (value !== '') expect([name, fallback]).toEqual([name, `\`${value}\``]);
    }
  });

  it('names commands that exist', () => {
    const named = [...README.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => PACKAGE.scripts[name] === undefined)).toEqual([]);
    expect(named).toEqual(expect.arrayContaining(['up', 'verify', 'demo']));
    const contributing = [...readDocument('CONTRIBUTING.md').matchAll(/npm run ([\w:-]+)/g)].map(
      ([, name = '']) => name,
    );
    expect(contributing.filter((name) => PACKAGE.scripts[name] === undefined)).toEqual([]);
  });

  it('shows a picture that exists', () => {
    const [, picture = ''] = /!\[[^\]]+\]\((\S+)/.exec(README) ?? [];
    expect(existsSync(`${ROOT}/${picture}`)).toBe(true);
  });
});
