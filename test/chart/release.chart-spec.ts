import { IN_DELIVERY, startCluster, type Cluster } from './support/cluster.js';
import { CHART, manifestsIn, valuesFile } from './support/helm.js';
import { plain } from './support/manifests.js';

const MADE_UP = ['admin-password', 'database-password', 'grafana-admin-password', 'grafana-role-password'];
const SECRET = `${IN_DELIVERY}/secrets/shop-devopstic`;

describe('a release', () => {
  let cluster: Cluster;
  beforeEach(async () => {
    cluster = await startCluster();
  });
  afterEach(() => cluster.stop());

  const release = (verb: 'install' | 'upgrade', set: string, ...words: string[]): Promise<string> =>
    cluster.helm(verb, 'shop', CHART, '-f', valuesFile(set), '--disable-openapi-validation', ...words);
  const secret = (): Record<string, string> => {
    const data = Object.entries(cluster.secret('shop-devopstic') ?? {});
    return Object.fromEntries(data.map(([key, value]) => [key, plain(value)]));
  };
  const manifest = async () => manifestsIn(await cluster.helm('get', 'manifest', 'shop'));

  it('keeps the passwords that were made up over an upgrade, and its pods if nothing else changes', async () => {
    await release('install', 'grafana');
    const [data, pods] = [secret(), await manifest()];
    for (const key of MADE_UP) expect(data[key]).toMatch(/^[A-Za-z0-9]{32}$/);
    await release('upgrade', 'grafana');
    expect(secret()).toEqual(data);
    expect(await manifest()).toEqual(pods);
  });

  it('takes a password that is given at last, and makes up those that an upgrade adds', async () => {
    await release('install', 'trial');
    const before = secret();
    await release('upgrade', 'grafana', '--set', 'admin.password=given at last');
    expect(secret()).toEqual({
      ...before,
      'admin-password': 'given at last',
      'metrics-token': 'given-to-prometheus',
      'grafana-admin-password': expect.stringMatching(/^[A-Za-z0-9]{32}$/) as string,
      'grafana-role-password': expect.stringMatching(/^[A-Za-z0-9]{32}$/) as string,
    });
  });

  it('has its test started by `helm test` alone', async () => {
    await release('install', 'trial');
    expect(cluster.kept().filter((path) => path.includes('/pods/'))).toEqual([]);
    const hooks = manifestsIn(await cluster.helm('get', 'hooks', 'shop'));
    expect(hooks).toMatchObject([
      {
        kind: 'Pod',
        metadata: {
          name: 'shop-devopstic-test',
          annotations: { 'helm.sh/hook': 'test', 'helm.sh/hook-delete-policy': 'before-hook-creation' },
        },
        spec: { restartPolicy: 'Never' },
      },
    ]);
  });

  it('leaves its Secret when it is uninstalled, and finds it when it is installed again', async () => {
    await release('install', 'trial');
    const before = secret();
    await cluster.helm('uninstall', 'shop');
    expect(cluster.kept()).toEqual([SECRET]);
    await release('install', 'trial');
    expect(secret()).toEqual(before);
  });

  it('makes up other passwords once its Secret is gone', async () => {
    await release('install', 'trial');
    const { 'admin-password': before } = secret();
    await cluster.helm('uninstall', 'shop');
    cluster.remove(SECRET);
    await release('install', 'trial');
    expect(secret()['admin-password']).not.toBe(before);
  });

  it('is not changed by values that are refused', async () => {
    await release('install', 'trial');
    const before = cluster.kept();
    await expect(release('upgrade', 'trial', '--set', 'postgres.enabled=false')).rejects.toThrow('No database');
    expect(cluster.kept()).toEqual(before);
  });

  it('keeps no made-up password among its values', async () => {
    await release('install', 'trial');
    const values = await cluster.helm('get', 'values', 'shop', '--all');
    expect(values).not.toContain(secret()['admin-password']);
    expect(values).not.toContain('secretData');
  });
});
