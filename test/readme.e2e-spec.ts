import { existsSync } from 'node:fs';
import { Config } from '../src/config/config.js';
import { ADMIN, startApp, type TestApp } from './support/app.js';
import { answersIn, bash, blocks, readDocument, ROOT, section } from './support/documents.js';

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
    // What `date` of Linux and of macOS both know, and no more.
    expect(script.match(/\bdate\b.*$/gm)).toEqual(['date +%s)']);
  });

  it('makes a key for a job that tells of deployments, with which the scripts of doc/ci.md send one', async () => {
    const shown = section(README, '## Send deployments from your pipeline');
    const [login = ''] = blocks(section(README, '## Five calls'), 'bash');
    const [makeKey = ''] = blocks(shown, 'bash');
    const upToToken = ours(login).split('# 2.')[0] ?? '';
    const { secret } = JSON.parse(await bash(upToToken + makeKey)) as { secret: string };
    expect(shown).toContain('ci/send-event.sh');
    const event = {
      DEVOPSTIC_EVENT_PIPELINE_ID: 'acme/shop',
      DEVOPSTIC_EVENT_ENVIRONMENT: 'production',
      DEVOPSTIC_EVENT_STATUS: 'success',
      DEVOPSTIC_EVENT_COMMIT_ID: 'c1',
    };
    const common = { DEVOPSTIC_URL: app.url, DEVOPSTIC_KEY: secret, DEVOPSTIC_FAIL_ON_ERROR: 'true' };
    expect(await bash(`sh ${ROOT}/ci/send-event.sh`, { ...common, ...event })).toContain('DevOpstic recorded');
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
