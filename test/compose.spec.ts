import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Config } from '../src/config/config.js';
import { compose, references, SECRETS, variablesOf, written, type Service } from './support/compose.js';
import { readDocument, ROOT, section } from './support/documents.js';

const EXAMPLE = variablesOf(readDocument('.env.example'));
describe('docker-compose.yml', () => {
  const { services, volumes, secrets } = compose(SECRETS);
  const each = Object.entries(services);
  const service = (name: string): Service => services[name] ?? { image: '' };

  it('names no variable that .env.example does not explain, with the same default', () => {
    expect(references().length).toBeGreaterThan(10);
    expect(references().filter(({ name }) => !(name in EXAMPLE))).toEqual([]);
    const defaults = references().filter(({ fallback }) => fallback !== null);
    // The first admin has a default name here alone: elsewhere both are to be set, or neither.
    const others = defaults.filter(({ name, fallback }) => fallback !== EXAMPLE[name]);
    expect(others).toEqual([{ name: 'DEVOPSTIC_USERNAME', fallback: 'admin', message: null }]);
  });

  it('has no secret of its own, and says how to make each that it needs', () => {
    const required = references().filter(({ message }) => message !== null);
    expect([...new Set(required.map(({ name }) => name))].toSorted()).toEqual(Object.keys(SECRETS).toSorted());
    for (const { name, message } of required) {
      expect(message).toContain('sh docker/make-secrets.sh');
      expect(() => compose({ ...SECRETS, [name]: '' })).toThrow(/sh docker\/make-secrets\.sh/);
    }
    const values = Object.values(written().services).flatMap(({ environment = {} }) => Object.entries(environment));
    const secret = values.filter(([name]) => /PASSWORD|SECRET|TOKEN$|KEY$/.test(name));
    expect(secret.filter(([, value]) => value !== null && !value.startsWith('${'))).toEqual([]);
  });

  it('passes on every setting of the service, and no other', () => {
    const read = new Set<string>();
    const noting = new Proxy<Record<string, string>>({}, { get: (_, name) => void read.add(String(name)) });
    expect(new Config(noting).database).toBeNull();
    // Where it listens within the container is fixed, there is no embedded PostgreSQL, the role is made by another, and
    // senders' settings are not the service's.
    const left = [
      'PORT',
      'DEVOPSTIC_HOST',
      'DEVOPSTIC_PORT',
      'DEVOPSTIC_DATA_DIR',
      'DEVOPSTIC_EMBEDDED_PORT',
      'DEVOPSTIC_URL',
      'DEVOPSTIC_KEY',
      'GITHUB_TOKEN',
    ];
    const role = 'DEVOPSTIC_GRAFANA_PASSWORD';
    const passed = (name: string) => Object.keys(written().services[name]?.environment ?? {}).toSorted();
    expect(passed('grafana-role')).toEqual([...read].filter((name) => !left.includes(name)).toSorted());
    expect(passed('api')).toEqual(passed('grafana-role').filter((name) => name !== role));
  });

  it('starts the service with a valid configuration, and passes on what somebody sets', () => {
    const given = { ...SECRETS, DEVOPSTIC_PUBLIC_READ: 'true', DEVOPSTIC_INCIDENT_WINDOW: '1h' };
    const config = new Config(compose(given).services['api']?.environment as Record<string, string>);
    expect(config).toMatchObject({
      port: 8080,
      username: 'admin',
      password: SECRETS.DEVOPSTIC_PASSWORD,
      database: { host: 'postgres', user: 'devopstic', password: SECRETS.DEVOPSTIC_DATABASE_PASSWORD, ssl: 'off' },
      public_read: true,
      incident_window_seconds: 3600,
      log_level: 'info',
      unknown: [],
    });
  });

  it('mounts files that exist, and volumes that it declares, PostgreSQL 18 at its new place', () => {
    const mounts = each.flatMap(([, { volumes: mounted = [] }]) => mounted.map((mount) => mount.split(':')));
    const files = mounts.filter(([source = '']) => source.startsWith('./'));
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter(([source = '', , mode]) => mode !== 'ro' || !existsSync(join(ROOT, source)))).toEqual([]);
    const named = mounts.map(([source = '']) => source).filter((source) => !source.startsWith('./'));
    expect(named.toSorted()).toEqual(Object.keys(volumes).toSorted());
    expect(service('postgres')).toMatchObject({
      image: 'postgres:18',
      volumes: expect.arrayContaining(['postgres:/var/lib/postgresql']),
    });
  });

  it('gives Grafana the files and the variables that its page names', () => {
    const page = section(readDocument('doc/grafana.md'), '## Setting it up');
    const table = [...page.matchAll(/^\| `(grafana\/\S+)` +\| `(\S+)` +\|$/gm)];
    expect(table).toHaveLength(4);
    for (const [, from = '', to = ''] of table) {
      const name = to.endsWith('/') ? to + from.split('/').at(-1) : to;
      expect(service('grafana').volumes).toContain(`./${from.replace(/\/$/, '')}:${name}:ro`);
    }
    const sources = readDocument('grafana/provisioning/datasources/devopstic.yaml');
    const asked = [...sources.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name);
    expect(asked.length).toBeGreaterThan(4);
    expect(asked.filter((name) => !service('grafana').environment?.[name])).toEqual([]);
    const home = service('grafana').environment?.['GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH'] ?? '';
    expect(existsSync(home.replace('/var/lib/grafana/dashboards/devopstic', `${ROOT}/grafana/dashboards`))).toBe(true);
  });

  it('lets Prometheus read the metrics with their token', () => {
    const { scrape_configs } = parse(readDocument('docker/prometheus.yml')) as { scrape_configs: object[] };
    const [secret = ''] = service('prometheus').secrets ?? [];
    expect(secrets[secret]).toEqual({ environment: 'DEVOPSTIC_METRICS_TOKEN' });
    expect(scrape_configs).toEqual([
      expect.objectContaining({
        authorization: { credentials_file: `/run/secrets/${secret}` },
        static_configs: [{ targets: ['api:8080'] }],
      }),
    ]);
    expect(service('grafana').environment?.['GRAFANA_PROMETHEUS_URL']).toBe('http://prometheus:9090');
  });

  it('is reachable from this machine alone, and gives the service no rights that it does not need', () => {
    const ports = each.flatMap(([, { ports: published = [] }]) => published);
    expect(ports).toEqual(['127.0.0.1:8080:8080', '127.0.0.1:3000:3000', '127.0.0.1:9090:9090']);
    const shut = { read_only: true, cap_drop: ['ALL'] };
    expect([service('api'), service('grafana-role')]).toEqual([
      expect.objectContaining(shut),
      expect.objectContaining(shut),
    ]);
    expect(each.filter(([, one]) => !String(one['security_opt']).includes('no-new-privileges'))).toEqual([]);
    expect(each.filter(([, { image }]) => image.endsWith(':latest'))).toEqual([]);
  });
});
