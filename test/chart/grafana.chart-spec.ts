import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { environmentOf } from './support/environment.js';
import { DASHBOARDS, grafanaIn, PROVISIONING } from './support/grafana.js';
import { render } from './support/helm.js';
import { the, type Manifest, type Volume } from './support/manifests.js';

const read = (file: string): string => readFileSync(file, 'utf8');
/** Where doc/grafana.md says that Grafana finds its files. */
const DASHBOARDS_MOUNT = '/var/lib/grafana/dashboards/devopstic';

/** The files of a volume, by name. */
function filesOf(volume: Volume | undefined, manifests: Manifest[]): Record<string, string> {
  const sources = volume?.configMap
    ? [volume.configMap]
    : (volume?.projected?.sources ?? []).map((one) => one.configMap);
  return Object.fromEntries(
    sources.flatMap(({ name, items }) => {
      const { data = {} } = the(manifests, 'ConfigMap', name);
      const taken = items ?? Object.keys(data).map((key) => ({ key, path: key }));
      return taken.map(({ key, path }) => [path, data[key] ?? '']);
    }),
  );
}

describe.each(['grafana', 'grafana-external', 'openshift'])('Grafana with %s', (set) => {
  let manifests: Manifest[];
  let grafana: ReturnType<typeof grafanaIn>;
  beforeAll(async () => {
    manifests = await render(set);
    grafana = grafanaIn(manifests);
  });

  const mountedAt = (path: string): Record<string, string> => {
    const mount = grafana.container.volumeMounts?.find(({ mountPath }) => mountPath === path);
    return filesOf(
      grafana.pod.spec.volumes?.find(({ name }) => name === mount?.name),
      manifests,
    );
  };

  it('has the dashboards of the repository, to the byte', () => {
    const files = readdirSync(DASHBOARDS).map((name) => [name, read(join(DASHBOARDS, name))] as const);
    expect(files.length).toBeGreaterThan(5);
    expect(mountedAt(DASHBOARDS_MOUNT)).toEqual(Object.fromEntries(files));
  });

  it('has the data sources, alert rules and dashboard provider of the repository, to the byte', () => {
    for (const kind of readdirSync(PROVISIONING)) {
      const file = read(join(PROVISIONING, kind, 'devopstic.yaml'));
      expect(mountedAt(`/etc/grafana/provisioning/${kind}`)).toEqual({ 'devopstic.yaml': file });
    }
    const [provider] = (parse(read(`${PROVISIONING}/dashboards/devopstic.yaml`)) as Provisioning).providers;
    expect(provider?.options.path).toBe(DASHBOARDS_MOUNT);
  });

  it('knows every variable of the data sources', () => {
    const file = read(`${PROVISIONING}/datasources/devopstic.yaml`);
    const asked = [...file.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name);
    expect(Object.keys(environmentOf(grafana.container, manifests))).toEqual(expect.arrayContaining(asked));
    expect(asked).toContain('DEVOPSTIC_GRAFANA_PASSWORD');
  });

  it('reads the database that the service writes, with the password that its role is given', () => {
    const [asks, role] = [grafana.container, grafana.role].map((one) => environmentOf(one, manifests));
    for (const name of ['HOST', 'PORT', 'NAME'].map((end) => `DEVOPSTIC_DATABASE_${end}`)) {
      expect(asks?.[name]).toBe(role?.[name]);
    }
    const password = set === 'grafana-external' ? undefined : asks?.['DEVOPSTIC_GRAFANA_PASSWORD'];
    expect([grafana.role.args, role?.['DEVOPSTIC_GRAFANA_PASSWORD']]).toEqual([['grafana-role'], password]);
    expect(asks?.['DEVOPSTIC_GRAFANA_PASSWORD']).toBeTruthy();
  });

  it('has no secret of the service in its own container', () => {
    const names = Object.keys(environmentOf(grafana.container, manifests));
    expect(
      names.filter((name) => /^DEVOPSTIC_(PASSWORD|JWT|METRICS|DATABASE_(USER|PASSWORD)|\w+_SECRET)/.test(name)),
    ).toEqual([]);
  });

  it('writes to its volumes alone', () => {
    const { volumes = [] } = grafana.pod.spec;
    const writable = volumes.filter(({ emptyDir, persistentVolumeClaim }) => emptyDir ?? persistentVolumeClaim);
    const paths = writable.map(
      (volume) => grafana.container.volumeMounts?.find(({ name }) => name === volume.name)?.mountPath,
    );
    expect(paths.toSorted()).toEqual(['/tmp', '/var/lib/grafana']);
  });
});

interface Provisioning {
  providers: { options: { path: string } }[];
}

it('each dashboard fits where kubectl keeps its copy', async () => {
  const maps = (await render('grafana')).filter(({ kind }) => kind === 'ConfigMap');
  const largest = Math.max(...maps.map((map) => Buffer.byteLength(JSON.stringify(map))));
  expect(largest).toBeLessThan(256 * 1024);
});

it.each([
  ['grafana', 'disable'],
  ['grafana-external', 'verify-full'],
])('the data source of %s encrypts as the service does: %s', async (set, ssl) => {
  const manifests = await render(set);
  const { container } = grafanaIn(manifests);
  expect(environmentOf(container, manifests)).toMatchObject({ GRAFANA_DATABASE_SSL: ssl });
});

it('Grafana makes links to where it is reached', async () => {
  const manifests = await render('grafana-external');
  const { container } = grafanaIn(manifests);
  expect(environmentOf(container, manifests)).toMatchObject({ GF_SERVER_ROOT_URL: 'https://grafana.example.com/' });
  expect(the(manifests, 'Ingress', 'shop-devopstic-grafana').spec).toMatchObject({
    tls: [{ hosts: ['grafana.example.com'] }],
    rules: [{ host: 'grafana.example.com' }],
  });
});
