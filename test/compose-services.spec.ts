import { existsSync } from 'node:fs';
import { compose, SECRETS, type Service } from './support/compose.js';
import { readDocument, ROOT } from './support/documents.js';

describe('what docker-compose.yml starts', () => {
  const { services } = compose(SECRETS);
  const each = Object.entries(services);
  const service = (name: string): Service => services[name] ?? { image: '' };

  it('waits for what it needs: the database made, the service healthy, the role there', () => {
    expect(Object.fromEntries(each.map(([name, { depends_on = {} }]) => [name, depends_on]))).toEqual({
      postgres: {},
      api: { postgres: { condition: 'service_healthy' } },
      'grafana-role': { api: { condition: 'service_healthy' } },
      grafana: { 'grafana-role': { condition: 'service_completed_successfully' } },
      prometheus: { api: { condition: 'service_healthy' } },
    });
    // Without a shell, which would take the query apart.
    expect(service('postgres').healthcheck?.test).toEqual([
      'CMD',
      'psql',
      '--host=127.0.0.1',
      '--username=devopstic',
      '--dbname=devopstic',
      '--no-password',
      '--command=SELECT 1',
    ]);
    // The image has a check of its own, of the service: what runs another command has none.
    expect(service('api').healthcheck).toBeUndefined();
    expect(service('grafana-role').healthcheck).toEqual({ disable: true });
    const unwatched = each.filter(([, { healthcheck }]) => healthcheck?.disable).map(([name]) => name);
    expect(unwatched).toEqual(['grafana-role']);
    expect(readDocument('Dockerfile')).toMatch(
      /^HEALTHCHECK .*\\\n +CMD \["node", "\/app\/docker\/healthcheck.js"\]$/m,
    );
    expect(existsSync(`${ROOT}/docker/healthcheck.js`)).toBe(true);
  });

  it('builds the image once, for the service, and makes the role with the same one', () => {
    const [api, role] = [service('api'), service('grafana-role')];
    expect([api.image, api['build'], api['pull_policy'], api['command']]).toEqual([
      'devopstic',
      '.',
      'build',
      undefined,
    ]);
    expect([role.image, role['build'], role['pull_policy']]).toEqual(['devopstic', undefined, 'never']);
    expect(role['command']).toEqual(['grafana-role']);
    expect(each.filter(([, one]) => 'build' in one).map(([name]) => name)).toEqual(['api']);
  });

  it('starts all but Prometheus unless asked to, and again whatever has ended, but for the role', () => {
    const profiles = each.map(([name, one]) => [name, one['profiles'], one['restart']]);
    expect(profiles).toEqual([
      ['api', undefined, 'unless-stopped'],
      ['postgres', undefined, 'unless-stopped'],
      ['grafana-role', undefined, 'no'],
      ['grafana', undefined, 'unless-stopped'],
      ['prometheus', ['prometheus'], 'unless-stopped'],
    ]);
  });

  it('gives the service the time that its requests in flight have, and PostgreSQL a minute', () => {
    const patience = Number(/PATIENCE_MS = (\d+)_000/.exec(readDocument('src/service.ts'))?.[1]);
    const [, seconds] = /^(\d+)s$/.exec(String(service('api')['stop_grace_period'])) ?? [];
    expect(Number(seconds)).toBeGreaterThan(patience);
    expect(service('postgres')['stop_grace_period']).toBe('1m');
  });

  it('has PostgreSQL make the role and the database that the service asks for', () => {
    const sql = readDocument('docker/postgres.sql');
    const { environment: made = {}, volumes: mounted } = service('postgres');
    const { environment: asked = {} } = service('api');
    expect(mounted).toContain('./docker/postgres.sql:/docker-entrypoint-initdb.d/devopstic.sql:ro');
    const [, variable = ''] = /^\\getenv password (\w+)$/m.exec(sql) ?? [];
    expect(made[variable]).toBe(asked['DEVOPSTIC_DATABASE_PASSWORD']);
    expect(made).toEqual({
      POSTGRES_PASSWORD: SECRETS.POSTGRES_PASSWORD,
      DEVOPSTIC_DATABASE_PASSWORD: SECRETS.DEVOPSTIC_DATABASE_PASSWORD,
    });
    const { DEVOPSTIC_DATABASE_USER: user, DEVOPSTIC_DATABASE_NAME: name } = asked;
    expect(sql).toMatch(new RegExp(`^CREATE ROLE ${user} LOGIN CREATEROLE PASSWORD :'password';$`, 'm'));
    expect(sql).toMatch(new RegExp(`^CREATE DATABASE ${name} OWNER ${user};$`, 'm'));
  });
});
