import { join } from 'node:path';
import { ROOT } from './helm.js';
import { podsOf, type Container, type Manifest, type Pod } from './manifests.js';

export const DASHBOARDS = join(ROOT, 'grafana/dashboards');
export const PROVISIONING = join(ROOT, 'grafana/provisioning');

/** @throws Error if there is none */
export function grafanaIn(manifests: Manifest[]): { pod: Pod; container: Container; role: Container } {
  const pod = podsOf(manifests).find(({ owner }) => owner.metadata.name === 'shop-devopstic-grafana');
  const [container, role] = [pod?.spec.containers[0], pod?.spec.initContainers?.[0]];
  if (!pod || !container || !role) throw new Error('There is no Grafana');
  return { pod, container, role };
}
