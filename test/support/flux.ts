import { at, sha } from './github-payloads.js';

export interface FluxEvent {
  kind?: string;
  name?: string;
  time?: string;
  revision?: string | null;
  metadata?: Record<string, string>;
}

/** An event of Flux, of 2026-03-02, about what runs in production. */
export function aFluxEvent(reason: string, event: FluxEvent = {}) {
  const { kind = 'Kustomization', name = 'shop', revision = `main@sha1:${sha('m')}` } = event;
  const group = kind === 'HelmRelease' ? 'helm' : 'kustomize';
  return {
    involvedObject: { apiVersion: `${group}.toolkit.fluxcd.io/v1`, kind, namespace: 'apps', name, uid: 'u-1' },
    severity: reason.endsWith('Failed') ? 'error' : 'info',
    timestamp: at(event.time ?? '12:00'),
    message: `${name}: ${reason}`,
    reason,
    metadata: {
      ...(revision === null ? {} : { revision }),
      ...(event.metadata ?? { environment: 'production' }),
    },
    reportingController: `${group}-controller`,
    reportingInstance: `${group}-controller-7c7b47f5f-8bhrp`,
  };
}
