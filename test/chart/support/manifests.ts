/** As much of Kubernetes' objects as the tests look at. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  /** Empty where the object has none. */
  spec: Record<string, unknown>;
  data?: Record<string, string>;
}

export interface Metadata {
  name: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

export interface Pod {
  /** Of the Deployment, the StatefulSet or the Pod itself. */
  owner: Manifest;
  metadata: Metadata;
  spec: PodSpec;
}

export interface PodSpec {
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  enableServiceLinks?: boolean;
  terminationGracePeriodSeconds?: number;
  securityContext: SecurityContext;
  imagePullSecrets?: { name: string }[];
  nodeSelector?: object;
  tolerations?: object[];
  affinity?: object;
  topologySpreadConstraints?: { labelSelector: Selector; whenUnsatisfiable: string }[];
  initContainers?: Container[];
  containers: Container[];
  volumes?: Volume[];
}

export interface SecurityContext {
  runAsNonRoot?: boolean;
  runAsUser?: number;
  runAsGroup?: number;
  fsGroup?: number;
  seccompProfile?: object;
  allowPrivilegeEscalation?: boolean;
  readOnlyRootFilesystem?: boolean;
  capabilities?: object;
}

export interface Container {
  name: string;
  image: string;
  command?: string[];
  args?: string[];
  ports?: { name: string; containerPort: number }[];
  env?: Variable[];
  envFrom?: { configMapRef?: { name: string }; secretRef?: { name: string } }[];
  securityContext: SecurityContext;
  resources: { requests?: Record<string, string>; limits?: Record<string, string> };
  volumeMounts?: { name: string; mountPath: string }[];
  startupProbe?: Probe;
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  lifecycle?: { preStop: { sleep: { seconds: number } } };
}

export interface Probe {
  httpGet?: { path: string; port: string };
  exec?: object;
}

export interface Variable {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef: { name: string; key: string } };
}

interface ConfigMapSource {
  name: string;
  items?: { key: string; path: string }[];
}

export interface Volume {
  name: string;
  configMap?: ConfigMapSource;
  projected?: { sources: { configMap: ConfigMapSource }[] };
  persistentVolumeClaim?: { claimName: string };
  emptyDir?: object;
}

export interface Selector {
  matchLabels: Record<string, string>;
}

export const ofKind = (manifests: Manifest[], kind: string): Manifest[] =>
  manifests.filter((manifest) => manifest.kind === kind);

/** @throws Error if there is none */
export function the(manifests: Manifest[], kind: string, name: string): Manifest {
  const found = ofKind(manifests, kind).find(({ metadata }) => metadata.name === name);
  if (!found) throw new Error(`There is no ${kind} ${name}`);
  return found;
}

export function podsOf(manifests: Manifest[]): Pod[] {
  return manifests.flatMap((owner) => {
    if (owner.kind === 'Pod') return [{ owner, metadata: owner.metadata, spec: owner.spec as unknown as PodSpec }];
    const template = owner.spec['template'] as { metadata: Metadata; spec: PodSpec } | undefined;
    return template ? [{ owner, ...template }] : [];
  });
}

export const containersOf = ({ spec }: Pod): Container[] => [...(spec.initContainers ?? []), ...spec.containers];

/** Those that run DevOpstic: what runs in the pod of the test has variables of its own. */
export const ours = (pods: Pod[]): Container[] =>
  pods.flatMap(containersOf).filter(({ command }) => command?.join(' ') === 'node dist/main.js');

export const secretsIn = (manifests: Manifest[]): Manifest[] => ofKind(manifests, 'Secret');

export const plain = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');
