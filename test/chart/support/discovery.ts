/** The kinds that a cluster would say it has, by group. */
const KINDS: Record<string, Record<string, string>> = {
  v1: {
    Secret: 'secrets',
    ConfigMap: 'configmaps',
    Service: 'services',
    ServiceAccount: 'serviceaccounts',
    PersistentVolumeClaim: 'persistentvolumeclaims',
    Pod: 'pods',
  },
  'apps/v1': { Deployment: 'deployments', StatefulSet: 'statefulsets' },
  'networking.k8s.io/v1': { Ingress: 'ingresses', NetworkPolicy: 'networkpolicies' },
  'autoscaling/v2': { HorizontalPodAutoscaler: 'horizontalpodautoscalers' },
  'policy/v1': { PodDisruptionBudget: 'poddisruptionbudgets' },
  'monitoring.coreos.com/v1': { ServiceMonitor: 'servicemonitors' },
};

const verbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

const resourcesOf = (groupVersion: string, kinds: Record<string, string>): [string, object] => [
  groupVersion === 'v1' ? '/api/v1' : `/apis/${groupVersion}`,
  {
    kind: 'APIResourceList',
    groupVersion,
    resources: Object.entries(kinds).map(([kind, name]) => ({ name, kind, singularName: '', namespaced: true, verbs })),
  },
];

const groups = Object.keys(KINDS)
  .filter((groupVersion) => groupVersion !== 'v1')
  .map((groupVersion) => {
    const [name, version] = groupVersion.split('/');
    return { name, versions: [{ groupVersion, version }], preferredVersion: { groupVersion, version } };
  });

/** What Kubernetes' API answers to the questions of what it is and has, by path. */
export const DISCOVERY: Record<string, object> = {
  '/version': { major: '1', minor: '35', gitVersion: 'v1.35.0' },
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups },
  '/api/v1/namespaces/delivery': { kind: 'Namespace', apiVersion: 'v1', metadata: { name: 'delivery' } },
  ...Object.fromEntries(Object.entries(KINDS).map(([group, kinds]) => resourcesOf(group, kinds))),
};
