import { readFileSync } from 'node:fs';
import { Config } from '../../src/config/config.js';
import { environmentOf } from './support/environment.js';
import { CHART, render, VALUE_SETS } from './support/helm.js';
import { ours, podsOf, the, type Container, type Manifest, type PodSpec } from './support/manifests.js';

/** Every variable that the service asks for. */
function settings(): string[] {
  const asked = new Set<string>();
  const note = (_: object, name: string | symbol): undefined => void asked.add(String(name));
  void new Config(new Proxy({}, { get: note }));
  return [...asked].filter((name) => name.startsWith('DEVOPSTIC_'));
}

/** Of the embedded PostgreSQL, which the chart never starts, and of senders. */
const NEVER = ['DEVOPSTIC_URL', 'DEVOPSTIC_KEY', 'DEVOPSTIC_DATA_DIR', 'DEVOPSTIC_EMBEDDED_PORT'];

const schema = JSON.parse(readFileSync(`${CHART}/values.schema.json`, 'utf8')) as {
  properties: { config: { properties: object } };
};
const IN_CONFIG = Object.keys(schema.properties.config.properties);

const serviceIn = (manifests: Manifest[]): Container => {
  const [service] = ours(podsOf(manifests)).filter(({ args }) => args?.[0] === 'serve');
  if (!service) throw new Error('Nothing serves');
  return service;
};

describe.each(VALUE_SETS)('with %s', (set) => {
  let manifests: Manifest[];
  let commands: Container[];
  beforeAll(async () => {
    manifests = await render(set);
    commands = ours(podsOf(manifests));
  });

  it('DevOpstic finds no fault with the settings of any of its commands, and knows them all', () => {
    for (const container of commands) {
      const config = new Config(environmentOf(container, manifests));
      expect([container.name, config.unknown]).toEqual([container.name, []]);
      expect(config.database).not.toBeNull();
    }
  });

  it('all commands share the database and the settings that rows are derived with', () => {
    const shared = commands.map((container) => {
      const { database, bot_authors, incident_window_seconds, production_environments } = new Config(
        environmentOf(container, manifests),
      );
      return { database, bot_authors, incident_window_seconds, production_environments };
    });
    expect(shared).toEqual(shared.map(() => shared[0]));
  });

  it('the service listens where its port is', () => {
    const service = serviceIn(manifests);
    expect(service.ports).toEqual([
      { name: 'http', containerPort: new Config(environmentOf(service, manifests)).port },
    ]);
  });
});

it('every setting has its place in the values', async () => {
  const everything = [await render('high-availability'), await render('external'), await render('grafana')];
  const named = everything.flatMap((manifests) =>
    ours(podsOf(manifests)).flatMap((container) => (container.env ?? []).map(({ name }) => name)),
  );
  const reachable = new Set([...named, ...IN_CONFIG, ...NEVER].filter((name) => name.startsWith('DEVOPSTIC_')));
  expect([...reachable].toSorted()).toEqual(settings().toSorted());
});

it('no setting has two places', async () => {
  const named = serviceIn(await render('external')).env?.map(({ name }) => name);
  expect(IN_CONFIG.filter((name) => named?.includes(name))).toEqual([]);
});

it('what is given as config is what the service reads', async () => {
  const manifests = await render('ingress');
  expect(new Config(environmentOf(serviceIn(manifests), manifests))).toMatchObject({
    host: '::',
    port: 3000,
    trusted_proxies: ['10.0.0.0/8', 'fd00::/8'],
    token_ttl_seconds: 7200,
    github_allow_sha1: true,
    github_pipeline_id: 'name',
    github_approval: 'review',
    production_environments: '^(prod|live)-',
    bot_authors: '\\[bot\\]$',
    incident_window_seconds: 0,
    public_read: true,
    log_level: 'warn',
    delivery_retention_seconds: 2_592_000,
    audit_retention_seconds: 1_209_600,
  });
  expect(Object.keys(the(manifests, 'ConfigMap', 'shop-devopstic').data ?? {}).toSorted()).toEqual(
    IN_CONFIG.toSorted(),
  );
});

it('what is given as secrets is what the service reads', async () => {
  const manifests = await render('high-availability');
  expect(new Config(environmentOf(serviceIn(manifests), manifests))).toMatchObject({
    username: 'ada',
    password: 'given-to-the-admin',
    jwt_secret: 'given-to-sign-tokens-with-0123456789',
    webhook_secrets: { github: ['given-to-github', 'and-before'], gitlab: [] },
    database: { host: 'db.example.com', port: 5432, password: 'given-to-the-database', ssl: 'verify-full' },
  });
});

it('what is in Secrets of the user is read from there', async () => {
  const manifests = await render('external');
  const from = (key: string, secret: string): string => `the value of ${key} in the Secret ${secret}`;
  expect(new Config(environmentOf(serviceIn(manifests), manifests))).toMatchObject({
    username: from('username', 'first-admin'),
    password: from('secret', 'first-admin'),
    jwt_secret: from('jwt-secret', 'devopstic-keys'),
    metrics_token: from('metrics-token', 'devopstic-keys'),
    webhook_secrets: { github: [from('github', 'devopstic-keys')], circleci: [from('circleci', 'devopstic-keys')] },
    database: {
      host: 'db.example.com',
      port: 5433,
      name: 'delivery',
      user: from('username', 'database-login'),
      password: from('password', 'database-login'),
      ssl: 'require',
    },
  });
});

it('a private authority is trusted by the service, its migration and Grafana alike', async () => {
  const manifests = await render('grafana-external');
  for (const { spec } of podsOf(manifests).filter(({ owner }) => owner.kind === 'Deployment')) {
    expect(spec.volumes).toContainEqual(caVolume);
    for (const container of [...(spec.initContainers ?? []), ...spec.containers]) expect(caOf(container)).toBe(true);
  }
});

const caVolume: NonNullable<PodSpec['volumes']>[number] = {
  name: 'database-ca',
  configMap: { name: 'database-ca', items: [{ key: 'ca.crt', path: 'ca.crt' }] },
};

function caOf({ env = [], volumeMounts = [] }: Container): boolean {
  const folder = volumeMounts.find(({ name }) => name === 'database-ca')?.mountPath ?? 'nowhere';
  const trusted = env.find(({ name }) => ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_DIR'].includes(name))?.value ?? '';
  return trusted === `${folder}/ca.crt` || trusted.split(':').includes(folder);
}
