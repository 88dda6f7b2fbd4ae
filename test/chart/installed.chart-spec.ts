import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Client } from 'pg';
import type { DatabaseConfig } from '../../src/config/config.js';
import { connectionOptions } from '../../src/database/connection.js';
import { createEmptyDatabase, dropDatabase } from '../support/app.js';
import { environmentOf } from './support/environment.js';
import { render, ROOT } from './support/helm.js';
import { containersOf, podsOf, type Container, type Manifest } from './support/manifests.js';
import { start, type Process } from './support/process.js';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** What the chart starts, started here in its order, from the same commands and variables, on a PostgreSQL of ours. */
describe('what is rendered, run', () => {
  let database: DatabaseConfig;
  let manifests: Manifest[];
  let url: string;
  let service: Process;

  const container = (name: string): Container => {
    const found = podsOf(manifests)
      .flatMap(containersOf)
      .find((one) => one.name === name);
    if (!found) throw new Error(`There is no container ${name}`);
    return found;
  };
  const run = (name: string, changed: Record<string, string> = {}): Process => {
    const { command = [], args = [] } = container(name);
    return start([...command, ...args], { ...environmentOf(container(name), manifests), ...changed });
  };

  beforeAll(async () => {
    if (!existsSync(`${ROOT}/dist/main.js`)) throw new Error('Build it first: npm run build');
    database = await createEmptyDatabase();
    const { host, port, name, user = '', password = '' } = database;
    const own = await freePort();
    url = `http://127.0.0.1:${own}`;
    const given = [
      `database.host=${host},database.port=${port},database.name=${name},database.user=${user}`,
      `postgres.enabled=false,grafana.enabled=true,containerPort=${own}`,
    ];
    manifests = await render('trial', '--set', given.join(','), '--set-string', `database.password=${password}`);
  });
  afterAll(() => dropDatabase(database));

  it('migrates, again and again', async () => {
    const first = run('migrate');
    expect([await first.ended, first.output()]).toEqual([0, expect.stringContaining('Done:')]);
    const second = run('migrate');
    expect([await second.ended, second.output()]).toEqual([0, expect.stringContaining('Nothing to migrate.')]);
  });

  describe('as a service', () => {
    beforeAll(async () => {
      service = run('devopstic');
      await service.says(/API +http/);
    });

    it('serves what its probes ask', async () => {
      const { startupProbe, livenessProbe, readinessProbe } = container('devopstic');
      for (const probe of [startupProbe, livenessProbe, readinessProbe]) {
        expect((await fetch(url + probe?.httpGet?.path)).status).toBe(200);
      }
      expect(service.output()).not.toContain('this variable is not known');
    });

    it('passes its own test: ready, and with metrics for the first admin', async () => {
      const test = run('test', { SERVICE_URL: url });
      expect([await test.ended, test.output()]).toEqual([
        0,
        expect.stringMatching(/GET \/dora\/summary: 200\nIt works\./),
      ]);
    });

    it('passes it when the first admin has another password by now, saying so', async () => {
      const test = run('test', { SERVICE_URL: url, ADMIN_PASSWORD: 'another password' });
      expect([await test.ended, test.output()]).toEqual([0, expect.stringContaining('was changed in DevOpstic')]);
    });

    it('does not pass it when nothing serves', async () => {
      const test = run('test', { SERVICE_URL: `http://127.0.0.1:${await freePort()}` });
      expect(await test.ended).toBe(1);
    });

    it('makes the role that Grafana reads with', async () => {
      const role = run('grafana-role');
      expect([await role.ended, role.output()]).toEqual([0, expect.stringContaining('may read the reporting schema')]);
      const { DEVOPSTIC_GRAFANA_PASSWORD: password } = environmentOf(container('grafana'), manifests);
      const client = new Client(connectionOptions({ ...database, user: 'devopstic_grafana', password }));
      await client.connect();
      const { rows } = await client.query('SELECT count(*) FROM reporting.deployments');
      await client.end();
      expect(rows).toEqual([{ count: '0' }]);
    });

    it('leaves the settings that rows are derived with as the service has them', async () => {
      const migration = run('migrate');
      await migration.ended;
      expect(migration.output()).not.toContain('Changed:');
    });

    it('ends by itself when it is told to', async () => {
      service.kill();
      expect(await service.ended).toBe(0);
    });
  });
});
