import { render, VALUE_SETS, valuesOf } from './support/helm.js';
import {
  containersOf,
  ofKind,
  podsOf,
  type Manifest,
  type Pod,
  type Selector,
  type Variable,
} from './support/manifests.js';

const matches = (selector: Record<string, string>, { metadata }: Pod): boolean =>
  Object.entries(selector).every(([name, value]) => metadata.labels?.[name] === value);

/** Every value named as something that is there already. */
function existing(values: unknown, key = ''): string[] {
  if (typeof values === 'string') return /^(existingSecret|caConfigMap|secretName|name)$/.test(key) ? [values] : [];
  if (typeof values !== 'object' || values === null) return [];
  return Object.entries(values).flatMap(([name, value]) => existing(value, Array.isArray(values) ? key : name));
}

function variablesOf({ spec }: Pod): Variable[] {
  return [...(spec.initContainers ?? []), ...spec.containers].flatMap(({ env }) => env ?? []);
}

/** What a pod needs of others, as `kind/name`, with the key where it needs one. */
function needsOf(pod: Pod): string[] {
  const { spec } = pod;
  const secrets = variablesOf(pod).flatMap(({ valueFrom }) => (valueFrom ? [valueFrom.secretKeyRef] : []));
  const from = [...(spec.initContainers ?? []), ...spec.containers].flatMap(({ envFrom }) => envFrom ?? []);
  const volumes = spec.volumes ?? [];
  const maps = volumes.flatMap(({ configMap, projected }) => [
    ...(configMap ? [configMap] : []),
    ...(projected?.sources.map((source) => source.configMap) ?? []),
  ]);
  return [
    ...secrets.map(({ name, key }) => `Secret/${name}/${key}`),
    ...from.map(
      ({ configMapRef, secretRef }) => `${configMapRef ? 'ConfigMap' : 'Secret'}/${(configMapRef ?? secretRef)?.name}`,
    ),
    ...maps.flatMap(({ name, items }) => items?.map(({ key }) => `ConfigMap/${name}/${key}`) ?? [`ConfigMap/${name}`]),
    ...volumes.flatMap(({ persistentVolumeClaim: claim }) =>
      claim ? [`PersistentVolumeClaim/${claim.claimName}`] : [],
    ),
    ...(spec.serviceAccountName === 'default' ? [] : [`ServiceAccount/${spec.serviceAccountName}`]),
    ...(spec.imagePullSecrets ?? []).map(({ name }) => `Secret/${name}`),
  ];
}

const madeIn = (manifests: Manifest[]): string[] =>
  manifests.flatMap(({ kind, metadata: { name }, data = {} }) => [
    `${kind}/${name}`,
    ...Object.keys(data).map((key) => `${kind}/${name}/${key}`),
  ]);

describe.each(VALUE_SETS)('with %s', (set) => {
  let manifests: Manifest[];
  let pods: Pod[];
  beforeAll(async () => {
    manifests = await render(set);
    pods = podsOf(manifests);
  });

  const podsBehind = (selector: Record<string, string>): Pod[] => pods.filter((pod) => matches(selector, pod));

  it('no two objects of a kind have one name', () => {
    const names = manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(names).toEqual([...new Set(names)]);
  });

  it('whatever a pod needs is made, or named as being there', () => {
    const [made, known] = [madeIn(manifests), existing(valuesOf(set))];
    const missing = pods
      .flatMap(needsOf)
      .filter((need) => !made.includes(need) && !known.includes(need.split('/')[1] ?? ''));
    expect(missing).toEqual([]);
  });

  it('each volume that is mounted is there, and each that is there is mounted', () => {
    for (const pod of pods) {
      const { volumeClaimTemplates = [] } = pod.owner.spec as { volumeClaimTemplates?: Pick<Manifest, 'metadata'>[] };
      const there = [...(pod.spec.volumes ?? []), ...volumeClaimTemplates.map(({ metadata }) => metadata)];
      const mounted = containersOf(pod).flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name));
      expect([...new Set(mounted)].toSorted()).toEqual(there.map(({ name }) => name).toSorted());
    }
  });

  it('each Deployment and StatefulSet has its own pods and no others', () => {
    for (const owner of manifests.filter(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind))) {
      const { matchLabels } = owner.spec['selector'] as Selector;
      expect(podsBehind(matchLabels).map((pod) => pod.owner.metadata.name)).toEqual([owner.metadata.name]);
    }
  });

  it('each Service leads to the pods of its name, at a port that they have', () => {
    for (const { spec, metadata } of ofKind(manifests, 'Service')) {
      const behind = podsBehind(spec['selector'] as Record<string, string>);
      expect(behind.map((pod) => pod.owner.metadata.name)).toEqual([metadata.name]);
      const open = behind.flatMap((pod) =>
        pod.spec.containers.flatMap(({ ports = [] }) => ports.map(({ name }) => name)),
      );
      for (const { name, targetPort } of spec['ports'] as { name: string; targetPort: string }[]) {
        expect([name, open]).toEqual([targetPort, [targetPort]]);
      }
    }
  });

  it('each probe asks a port that its container has', () => {
    const containers = pods.flatMap(({ spec }) => spec.containers);
    for (const { ports = [], startupProbe, livenessProbe, readinessProbe } of containers) {
      const asked = [startupProbe, livenessProbe, readinessProbe].flatMap((probe) => probe?.httpGet?.port ?? []);
      expect(asked.filter((port) => !ports.some(({ name }) => name === port))).toEqual([]);
    }
  });

  it('each Ingress leads to a Service and a port that there are', () => {
    type Rule = { http: { paths: { backend: { service: { name: string; port: { name: string } } } }[] } };
    const rules = ofKind(manifests, 'Ingress').flatMap(({ spec }) => spec['rules'] as Rule[]);
    for (const { service } of rules.flatMap(({ http }) => http.paths.map(({ backend }) => backend))) {
      const target = ofKind(manifests, 'Service').find(({ metadata }) => metadata.name === service.name);
      expect(target?.spec['ports']).toMatchObject([{ name: service.port.name }]);
    }
  });

  it('what watches, scales or guards pods finds them', () => {
    const budgets = ofKind(manifests, 'PodDisruptionBudget').map(({ spec }) => spec['selector'] as Selector);
    const policies = ofKind(manifests, 'NetworkPolicy').map(({ spec }) => spec['podSelector'] as Selector);
    const spread = pods.flatMap(({ spec }) => spec.topologySpreadConstraints ?? []).map((one) => one.labelSelector);
    for (const { matchLabels } of [...budgets, ...policies, ...spread]) expect(podsBehind(matchLabels)).toHaveLength(1);
    for (const { spec } of ofKind(manifests, 'HorizontalPodAutoscaler')) {
      const { kind, name } = spec['scaleTargetRef'] as { kind: string; name: string };
      expect(madeIn(manifests)).toContain(`${kind}/${name}`);
    }
    for (const monitor of ofKind(manifests, 'ServiceMonitor')) {
      const { matchLabels } = monitor.spec['selector'] as Selector;
      const watched = ofKind(manifests, 'Service').filter(({ metadata }) => matches(matchLabels, { metadata } as Pod));
      expect(watched.map(({ spec }) => spec['ports'])).toMatchObject([[{ name: 'http' }]]);
    }
  });
});
