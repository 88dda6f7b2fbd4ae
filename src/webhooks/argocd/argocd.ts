import type { BuiltInSource } from '../built-in-source.js';
import { eventNamed } from '../identity.js';
import { readArgocd } from './argocd.reader.js';

export const argocd = {
  name: 'argocd',
  path: 'argocd/events',
  operation: 'receiveArgocdEvent',
  sender: 'Argo CD, by a template of its notifications',
  headers: [],
  example: {
    event: 'deployed',
    application: 'shop-eu',
    namespace: 'shop',
    pipeline: 'acme/shop',
    environment: 'production',
    commit: '',
    revision: '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8',
    started_at: '2026-03-02T11:59:00Z',
    finished_at: '2026-03-02T12:00:00Z',
    url: 'https://argocd.example.com/applications/shop-eu',
  },
  /** A notification has no id; a template makes the same body of the same. */
  identify: eventNamed('event'),
  read: ({ payload }) => readArgocd(payload),
} satisfies BuiltInSource;
