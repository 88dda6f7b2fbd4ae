import { readFileSync } from 'node:fs';
import { render, ROOT, VALUE_SETS, valuesOf } from './support/helm.js';
import { ofKind, podsOf, the, type Container, type Manifest, type PodSpec } from './support/manifests.js';

const CONTRACT = JSON.parse(readFileSync(`${ROOT}/doc/openapi.json`, 'utf8')) as { paths: Record<string, object> };
const SERVICE = readFileSync(`${ROOT}/src/service.ts`, 'utf8');
const PATIENCE_SECONDS = Number(/PATIENCE_MS = (\d+)_000/.exec(SERVICE)?.[1]);

const NAMES: Record<string, string> = { 'own-registry': 'dora', 'longest-name': 'r'.repeat(41) };
const apiOf = (set: string, manifests: Manifest[]): Manifest =>
  the(manifests, 'Deployment', NAMES[set] ?? 'shop-devopstic');

function serving(set: string, manifests: Manifest[]): { spec: PodSpec; service: Container } {
  const { spec } = podsOf([apiOf(set, manifests)])[0] ?? {};
  const service = spec?.containers[0];
  if (!spec || !service) throw new Error('Nothing serves');
  return { spec, service };
}

describe.each(VALUE_SETS)('with %s', (set) => {
  let manifests: Manifest[];
  beforeAll(async () => {
    manifests = await render(set);
  });

  it('the probes ask what the service answers', () => {
    const { startupProbe, livenessProbe, readinessProbe } = serving(set, manifests).service;
    expect([startupProbe, livenessProbe, readinessProbe].map((probe) => probe?.httpGet?.path)).toEqual([
      '/health',
      '/health',
      '/health/ready',
    ]);
    expect(Object.keys(CONTRACT.paths)).toEqual(expect.arrayContaining(['/health', '/health/ready', '/metrics']));
  });

  it('an instance has the time to end what is in flight', () => {
    const { spec, service } = serving(set, manifests);
    const needed = (service.lifecycle?.preStop.sleep.seconds ?? 0) + PATIENCE_SECONDS;
    expect(PATIENCE_SECONDS).toBeGreaterThan(0);
    expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(needed);
  });

  it('no instance goes before another one is ready', () => {
    expect(apiOf(set, manifests).spec['strategy']).toEqual({ rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } });
  });

  it('a database is migrated before an instance starts', () => {
    const { spec, service } = serving(set, manifests);
    const [migration] = spec.initContainers ?? [];
    expect([migration?.args, service.args, migration?.image]).toEqual([['migrate'], ['serve'], service.image]);
  });

  it('instances are spread over nodes and zones', () => {
    const { topologySpreadConstraints = [] } = serving(set, manifests).spec;
    const whenUnsatisfiable = valuesOf(set)['topologySpread'] ?? 'ScheduleAnyway';
    expect(topologySpreadConstraints).toMatchObject([
      { topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable },
      { topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable },
    ]);
  });
});

it('whoever scales says how many there are, and nobody else', async () => {
  const scaled = await render('high-availability');
  expect(apiOf('', scaled).spec).not.toHaveProperty('replicas');
  expect(the(scaled, 'HorizontalPodAutoscaler', 'shop-devopstic').spec).toMatchObject({
    minReplicas: 3,
    maxReplicas: 9,
  });
  const fixed = await render('grafana');
  expect(apiOf('', fixed).spec).toMatchObject({ replicas: 2 });
  expect(ofKind(fixed, 'HorizontalPodAutoscaler')).toEqual([]);
});

it.each([
  ['trial', [], []],
  ['trial', ['--set', 'replicaCount=2'], [1]],
  ['trial', ['--set', 'autoscaling.enabled=true,autoscaling.minReplicas=1'], []],
  ['high-availability', [], ['25%']],
  ['high-availability', ['--set', 'podDisruptionBudget.enabled=false'], []],
])('a single instance may be moved, one of several not with all others: %s %j', async (set, words, expected) => {
  const budgets = ofKind(await render(set, ...words), 'PodDisruptionBudget');
  expect(budgets.map(({ spec }) => spec['maxUnavailable'])).toEqual(expected);
  for (const { spec } of budgets) expect(spec).not.toHaveProperty('minAvailable');
});

it.each(['shop-devopstic', 'shop-devopstic-grafana'])(
  'other settings and secrets make other pods of %s, the same ones do not',
  async (name) => {
    const given = 'grafana.enabled=true,grafana.admin.password=for-grafana,grafana.databaseRole.password=for-the-role';
    const sums = async (...words: string[]) => {
      const manifests = await render('high-availability', '--set', given, ...words);
      const pod = podsOf(manifests).find(({ owner }) => owner.metadata.name === name);
      return { ...pod?.metadata.annotations };
    };
    const before = await sums();
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['checksum/config', 'checksum/secret']));
    expect(await sums()).toEqual(before);
    const changed = async (...words: string[]): Promise<string[]> => {
      const after = await sums(...words);
      return Object.keys(before).filter((sum) => before[sum] !== after[sum]);
    };
    expect(await changed('--set', 'config.DEVOPSTIC_LOG_LEVEL=debug')).toEqual(['checksum/config']);
    expect(await changed('--set', 'admin.password=another-password')).toEqual(['checksum/secret']);
  },
);

it('images, nodes, labels and names are the given ones', async () => {
  const manifests = await render('own-registry');
  const { service } = serving('own-registry', manifests);
  const digest = 'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';
  expect(service.image).toBe(`registry.example.com/devopstic:1.2.3@${digest}`);
  const values = valuesOf('own-registry');
  for (const { owner, spec, metadata } of podsOf(manifests)) {
    const { nodeSelector, tolerations, imagePullSecrets } = values;
    expect(spec).toMatchObject({ nodeSelector, tolerations, imagePullSecrets, serviceAccountName: 'delivery' });
    expect(owner.metadata.name).toMatch(/^dora(-|$)/);
    if (owner.metadata.name !== 'dora') continue;
    expect(spec.affinity).toEqual(values['affinity']);
    expect(metadata).toMatchObject({ labels: { team: 'delivery' }, annotations: { 'example.com/team': 'delivery' } });
  }
});
