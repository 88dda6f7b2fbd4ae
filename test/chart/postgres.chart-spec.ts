import { Config } from '../../src/config/config.js';
import { environmentOf } from './support/environment.js';
import { render } from './support/helm.js';
import { ours, podsOf, the, type Container, type Manifest, type PodSpec } from './support/manifests.js';

function postgresIn(manifests: Manifest[]): { spec: PodSpec; container: Container } {
  const pod = podsOf(manifests).find(({ owner }) => owner.kind === 'StatefulSet');
  const container = pod?.spec.containers[0];
  if (!pod || !container) throw new Error('There is no PostgreSQL');
  return { spec: pod.spec, container };
}

describe('the trial PostgreSQL', () => {
  it('keeps its data on a volume, where its image looks for it', async () => {
    const manifests = await render('openshift');
    expect(the(manifests, 'StatefulSet', 'shop-devopstic-postgres').spec).toMatchObject({
      replicas: 1,
      volumeClaimTemplates: [
        { metadata: { name: 'data' }, spec: { storageClassName: 'gp3', resources: { requests: { storage: '20Gi' } } } },
      ],
    });
    const { container } = postgresIn(manifests);
    expect(container.image).toBe('postgres:18');
    expect(container.volumeMounts).toContainEqual({ name: 'data', mountPath: '/var/lib/postgresql' });
  });

  it('can write wherever its image writes beside its data, on a root that is read only', async () => {
    const { spec, container } = postgresIn(await render('trial'));
    const emptied = (spec.volumes ?? []).map(({ name, emptyDir }) => {
      const mount = container.volumeMounts?.find((one) => one.name === name);
      return [mount?.mountPath, emptyDir];
    });
    expect(Object.fromEntries(emptied)).toEqual({
      '/var/run/postgresql': {},
      '/tmp': {},
      '/dev/shm': { medium: 'Memory', sizeLimit: '256Mi' },
    });
  });

  it('runs as the user of its image, to whom its volume is given', async () => {
    expect(postgresIn(await render('trial')).spec.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 999,
      runAsGroup: 999,
      fsGroup: 999,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  it.each(['', 'database.name=delivery,database.user=dora,database.password=given'])(
    'makes the database and the user that the service asks for: %s',
    async (given) => {
      const manifests = await render('trial', ...(given === '' ? [] : ['--set', given]));
      const [migration] = ours(podsOf(manifests));
      const { database } = new Config(environmentOf(migration!, manifests));
      const { container } = postgresIn(manifests);
      expect(environmentOf(container, manifests)).toEqual({
        POSTGRES_DB: database?.name,
        POSTGRES_USER: database?.user,
        POSTGRES_PASSWORD: database?.password,
      });
      expect(database).toMatchObject({
        name: given === '' ? 'devopstic' : 'delivery',
        host: 'shop-devopstic-postgres',
      });
      expect(database?.password).toBeTruthy();
    },
  );

  it('is ready once it takes connections to that database, by TCP', async () => {
    const { startupProbe, livenessProbe, readinessProbe } = postgresIn(await render('trial')).container;
    const asks = 'pg_isready --host 127.0.0.1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB"';
    for (const probe of [startupProbe, livenessProbe, readinessProbe]) {
      expect(probe?.exec).toEqual({ command: ['sh', '-c', asks] });
    }
  });
});
