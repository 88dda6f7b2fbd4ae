import { jest } from '@jest/globals';
import { environmentOf, startApp, type TestApp } from './support/app.js';
import { finish, PROGRAM } from './support/cli.js';
import { bash, readDocument } from './support/documents.js';

// It starts the program many times.
jest.setTimeout(120_000);

const { version } = JSON.parse(readDocument('package.json')) as { version: string };

describe('the command line', () => {
  it('says its version', async () => {
    expect(await finish(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('helps on the standard output when it is asked to', async () => {
    const { code, stdout, stderr } = await finish(['key', 'create', '--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/--scope <scopes...>/);
  });

  it('ends quietly when nobody reads on', async () => {
    expect(await bash(`exec 3>&1; ${PROGRAM} --help 2>&3 | true; echo "It ended with $?."`)).toBe('It ended with 0.\n');
  });

  it.each([
    [['nonsense'], "error: unknown command 'nonsense'"],
    [['migrat'], '(Did you mean migrate?)'],
    [['serve', 'twice'], 'error: too many arguments'],
    [['user', 'list', '--color'], "error: unknown option '--color'"],
    [['user', 'add', 'ada'], "error: required option '--role <role>' not specified"],
    [['user'], 'Usage: devopstic user'],
  ])('ends %j with 2, which is wrong by itself', async (words, message) => {
    const { code, stdout, stderr } = await finish(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('names what is wrong with the configuration, and ends with 1', async () => {
    const { code, stdout, stderr } = await finish(['migrate', '--json'], { DEVOPSTIC_URL: 'localhost:8080' });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('DEVOPSTIC_URL must be an http or https URL; it is "localhost:8080"');
  });
});

describe('with --json the standard output is one document', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
    await app.request('POST', '/deployments', {
      body: { pipeline_id: 'shop', environment: 'qa', commit_id: 'c1' },
    });
  });
  afterAll(() => app.close());

  it.each([
    [['migrate'], { migrations: [], rebuild_due: [], warnings: [] }],
    [['rebuild'], { pipelines: 1, events: 1, differing: [] }],
  ])('of %j', async (words, document) => {
    const { code, stdout } = await finish([...words, '--json'], environmentOf(app.database));
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(document);
  });

  it('of the demo, whose progress goes to the standard error', async () => {
    const { code, stdout, stderr } = await finish(['demo', '--force', '--json'], {
      ...environmentOf(app.database),
      DEVOPSTIC_URL: app.url,
    });
    expect({ code, document: JSON.parse(stdout) }).toEqual({
      code: 0,
      document: { url: app.url, accepted: expect.any(Number), duplicates: 0 },
    });
    expect(stderr).toContain('100%');
  });
});
