import { render, renderText, VALUE_SETS, valuesOf } from './support/helm.js';
import { containersOf, ofKind, plain, podsOf, secretsIn, type Manifest, type Pod } from './support/manifests.js';

/** Values that are secrets, wherever they are given. */
function secretsGiven(values: unknown, key = ''): string[] {
  if (typeof values === 'string') return /^(password|secret|token)$/.test(key) ? [values] : [];
  if (typeof values !== 'object' || values === null) return [];
  return Object.entries(values).flatMap(([name, value]) => secretsGiven(value, name));
}

describe.each(VALUE_SETS)('with %s', (set) => {
  let manifests: Manifest[];
  let pods: Pod[];
  beforeAll(async () => {
    manifests = await render(set);
    pods = podsOf(manifests);
  });

  it('every pod may run in a namespace that enforces the restricted standard', () => {
    for (const pod of pods) {
      expect(pod.spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      for (const { securityContext } of containersOf(pod)) {
        expect(securityContext).toMatchObject({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
      }
    }
  });

  it('every container has a user with a number that is not 0, unless the namespace gives it one', () => {
    const users = pods.flatMap((pod) =>
      containersOf(pod).map(({ securityContext }) => securityContext.runAsUser ?? pod.spec.securityContext.runAsUser),
    );
    const wrong = set === 'openshift' ? users.filter(Boolean) : users.filter((user) => !user);
    expect(wrong).toEqual([]);
  });

  it('no container writes to its root, or asks for no memory', () => {
    for (const { securityContext, resources } of pods.flatMap(containersOf)) {
      expect(securityContext.readOnlyRootFilesystem).toBe(true);
      if (set !== 'minimal')
        expect([resources.requests?.['memory'], resources.limits?.['memory']]).not.toContain(undefined);
    }
  });

  it('no pod gets a token of Kubernetes, or variables about services', () => {
    for (const { spec } of pods) {
      expect(spec).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
    }
    for (const account of ofKind(manifests, 'ServiceAccount')) {
      expect(account).toMatchObject({ automountServiceAccountToken: false });
    }
  });

  it('a secret is in the Secret alone', async () => {
    const kept = secretsIn(manifests).flatMap(({ data = {} }) =>
      Object.entries(data).flatMap(([key, value]) => (key === 'admin-username' ? [] : [plain(value)])),
    );
    const others = manifests.filter(({ kind }) => kind !== 'Secret');
    const secrets = [...kept, ...secretsGiven(valuesOf(set))];
    expect(secrets.filter((secret) => JSON.stringify(others).includes(secret))).toEqual([]);
    expect(kept).toEqual(expect.arrayContaining(secretsGiven(valuesOf(set))));
  });

  it('a variable that is called a secret comes from a Secret', () => {
    const variables = pods.flatMap(containersOf).flatMap(({ env }) => env ?? []);
    const plainly = variables.filter(({ name, valueFrom }) => /PASSWORD|SECRET|TOKEN$/.test(name) && !valueFrom);
    expect(plainly).toEqual([]);
  });
});

it('with no password given, each is made up, long, and another one each time', async () => {
  const made = [await render('grafana'), await render('grafana')].map(
    (manifests) => secretsIn(manifests)[0]?.data ?? {},
  );
  for (const key of ['admin-password', 'database-password', 'grafana-admin-password', 'grafana-role-password']) {
    const [one = '', other] = made.map((data) => plain(data[key] ?? ''));
    expect(one).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(one).not.toBe(other);
  }
});

it('a Secret of the chart is made only where one is needed', async () => {
  expect(secretsIn(await render('external'))).toEqual([]);
  expect(await renderText('trial')).toContain('helm.sh/resource-policy: keep');
});
