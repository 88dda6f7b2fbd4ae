import { ofKind, plain, type Container, type Manifest, type Variable } from './manifests.js';

/** The environment that a container is started with. A value from a Secret that is not in the rendering names its place. */
export function environmentOf(container: Container, manifests: Manifest[]): Record<string, string> {
  const maps = (container.envFrom ?? []).map(({ configMapRef }) =>
    ofKind(manifests, 'ConfigMap').find(({ metadata }) => metadata.name === configMapRef?.name),
  );
  const own = (container.env ?? []).map((variable) => [variable.name, valueOf(variable, manifests)] as const);
  return Object.assign({}, ...maps.map((map) => map?.data), Object.fromEntries(own)) as Record<string, string>;
}

function valueOf({ value, valueFrom }: Variable, manifests: Manifest[]): string {
  if (value !== undefined) return value;
  const { name = '', key = '' } = valueFrom?.secretKeyRef ?? {};
  const secret = ofKind(manifests, 'Secret').find(({ metadata }) => metadata.name === name);
  return secret ? plain(secret.data?.[key] ?? '') : `the value of ${key} in the Secret ${name}`;
}
