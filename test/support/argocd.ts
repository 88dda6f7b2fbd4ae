import { at, sha } from './github-payloads.js';

/** What the template of doc/sources/argocd.md makes of an application, of 2026-03-02; what is absent there is empty. */
export function anArgocdEvent(event: string, more: Record<string, unknown> = {}) {
  return {
    event,
    application: 'shop-eu',
    namespace: 'shop',
    pipeline: '',
    environment: 'production',
    commit: '',
    revision: sha('m'),
    revisions: [],
    started_at: at('11:55'),
    finished_at: at('12:00'),
    health_changed_at: '',
    url: 'https://argocd.example.com/applications/shop-eu',
    ...more,
  };
}
