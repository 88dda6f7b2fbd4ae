import { render, valuesOf } from './support/helm.js';
import { ofKind, the } from './support/manifests.js';

const component = (name: string) => ({ matchLabels: expect.objectContaining({ 'app.kubernetes.io/component': name }) });
const DNS = {
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
};

it('an Ingress has the hosts, the class and the certificate that are given', async () => {
  const { metadata, spec } = the(await render('ingress'), 'Ingress', 'shop-devopstic');
  expect(metadata.annotations).toEqual({ 'cert-manager.io/cluster-issuer': 'letsencrypt' });
  expect(spec).toMatchObject({
    ingressClassName: 'nginx',
    tls: [{ hosts: ['devopstic.example.com', 'dora.example.com'], secretName: 'devopstic-tls' }],
    rules: [{ host: 'devopstic.example.com' }, { host: 'dora.example.com' }],
  });
});

it('there is no Ingress, scaling, policy, monitor or Grafana that was not asked for', async () => {
  const kinds = (await render('minimal')).map(({ kind }) => kind);
  expect(kinds.toSorted()).toEqual(['ConfigMap', 'Deployment', 'Pod', 'Secret', 'Service']);
});

it('a policy lets in whom it is told, and the test; and out to the database and to names', async () => {
  const { ingressFrom, databaseTo } = valuesOf('high-availability')['networkPolicy'] as Record<string, object[]>;
  expect(the(await render('high-availability'), 'NetworkPolicy', 'shop-devopstic').spec).toMatchObject({
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ ports: [{ port: 'http' }], from: [...(ingressFrom ?? []), { podSelector: component('test') }] }],
    egress: [DNS, { ports: [{ port: 5432, protocol: 'TCP' }], to: databaseTo }],
  });
});

it('with nobody named a policy lets in everyone, but to the database the release alone', async () => {
  const manifests = await render('grafana');
  const [api, postgres, grafana] = ['', '-postgres', '-grafana'].map(
    (suffix) => the(manifests, 'NetworkPolicy', `shop-devopstic${suffix}`).spec,
  );
  const toPostgres = { ports: [{ port: 5432, protocol: 'TCP' }], to: [{ podSelector: component('postgres') }] };
  expect(api).toMatchObject({ ingress: [{ ports: [{ port: 'http', protocol: 'TCP' }] }], egress: [DNS, toPostgres] });
  expect(api?.['ingress']).not.toMatchObject([{ from: expect.anything() }]);
  const readers = ['api', 'grafana'].map((name) => ({ podSelector: component(name) }));
  expect(postgres).toMatchObject({ ingress: [{ ports: [{ port: 'postgres' }], from: readers }] });
  expect(postgres?.['policyTypes']).toEqual(['Ingress', 'Egress']);
  expect(postgres).not.toHaveProperty('egress');
  expect(grafana).toMatchObject({
    policyTypes: ['Ingress'],
    ingress: [{ ports: [{ port: 'http', protocol: 'TCP' }] }],
  });
});

it('a ServiceMonitor reads the metrics, with the token where there is one', async () => {
  const endpoint = { port: 'http', path: '/metrics' };
  const authorization = (name: string) => ({ type: 'Bearer', credentials: { name, key: 'metrics-token' } });
  const own = the(await render('grafana'), 'ServiceMonitor', 'shop-devopstic');
  expect(own.metadata.labels).toMatchObject({ release: 'prometheus' });
  expect(own.spec['endpoints']).toEqual([
    { ...endpoint, interval: '30s', authorization: authorization('shop-devopstic') },
  ]);
  const existing = the(await render('grafana-external'), 'ServiceMonitor', 'shop-devopstic');
  expect(existing.spec['endpoints']).toMatchObject([{ authorization: authorization('devopstic-keys') }]);
  const open = await render('trial', '--set', 'metrics.serviceMonitor.enabled=true');
  expect(ofKind(open, 'ServiceMonitor').map(({ spec }) => spec['endpoints'])).toEqual([
    [{ ...endpoint, interval: '60s' }],
  ]);
});
