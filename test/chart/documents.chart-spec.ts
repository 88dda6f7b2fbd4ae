import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { blocks, readDocument } from '../support/documents.js';
import { startCluster, type Cluster } from './support/cluster.js';
import { CHART, helm, manifestsIn, OLDEST_KUBERNETES, ROOT, run, valuesFile } from './support/helm.js';
import { secretsIn } from './support/manifests.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const chart = parse(readFileSync(join(CHART, 'Chart.yaml'), 'utf8')) as { appVersion: string };
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

it('the chart installs the version that the repository has', () => {
  expect(chart.appVersion).toBe(version);
});

it('the README says of each value what values.yaml says', async () => {
  const { code, stderr } = await run('npm', ['run', '--silent', 'chart:readme', '--', '--check']);
  expect([code, stderr]).toEqual([0, '']);
});

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  definitions?: Record<string, Schema>;
}

it('every value has its place in the schema, and the schema has no other', () => {
  const schema = JSON.parse(readFileSync(join(CHART, 'values.schema.json'), 'utf8')) as Schema;
  const values = parse(readFileSync(join(CHART, 'values.yaml'), 'utf8')) as object;
  const resolved = ({ $ref, ...own }: Schema): Schema => schema.definitions?.[$ref?.split('/').at(-1) ?? ''] ?? own;
  /** A map that is a value itself is not looked into: its schema names no values of ours. */
  const compare = (value: object, { properties = {} }: Schema, path = ''): void => {
    const known = Object.keys(properties).filter((name) => name !== 'global');
    expect([path, known.toSorted()]).toEqual([path, Object.keys(value).toSorted()]);
    for (const [name, inner] of Object.entries(value)) {
      const next = resolved(properties[name] ?? {});
      if (isMap(inner) && next.properties && !['config', 'resources'].includes(name))
        compare(inner, next, `${path}/${name}`);
    }
  };
  compare(values, schema);
});

const isMap = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;

it('what doc/kubernetes.md shows as values is taken, as it is and with either Grafana', async () => {
  const [production = '', ...grafanas] = blocks(readDocument('doc/kubernetes.md'), 'yaml');
  expect(grafanas).toHaveLength(2);
  const folder = temporaryFolder();
  for (const [index, grafana] of ['', ...grafanas].entries()) {
    const file = join(folder, `${index}.yaml`);
    writeFileSync(file, production + grafana);
    const rendered = await helm('template', 'devopstic', CHART, '-f', file, '--kube-version', OLDEST_KUBERNETES);
    expect(rendered.includes('name: devopstic-grafana')).toBe(grafana !== '');
    expect(secretsIn(manifestsIn(rendered))).toHaveLength(grafana === '' ? 0 : 1);
  }
});

describe('after an installation', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster.stop());

  const notes = async (set: string): Promise<string> => {
    const words = ['install', 'shop', CHART, '--disable-openapi-validation', '--dry-run=client', '-f', valuesFile(set)];
    return (await cluster.helm(...words)).split('NOTES:\n')[1] ?? '';
  };

  it('Helm tells how to reach the service, where the first password is, and how to send an event', async () => {
    const told = await notes('trial');
    expect(told).toContain('kubectl --namespace delivery port-forward service/shop-devopstic 8080:80');
    expect(told).toContain(
      `kubectl --namespace delivery get secret shop-devopstic --output go-template='{{index .data "admin-password" | base64decode}}'`,
    );
    expect(told).toContain('curl $URL/events');
    expect(told).toContain('one for trials');
  });

  it('Helm tells the address where there is one, and whose Secret has the password', async () => {
    const [reached, elsewhere] = [await notes('ingress'), await notes('external')];
    expect(reached).toContain('1. Open https://devopstic.example.com\n');
    expect(reached).toContain('Whoever reaches the Ingress can read /metrics');
    expect(elsewhere).toContain(
      `get secret first-admin --output go-template='{{index .data "secret" | base64decode}}'`,
    );
    expect(elsewhere).not.toContain('one for trials');
  });

  it('Helm tells how to reach Grafana', async () => {
    expect(await notes('grafana')).toContain('port-forward service/shop-devopstic-grafana 3000:80');
    expect(await notes('grafana-external')).toContain('at https://grafana.example.com\n');
  });
});
