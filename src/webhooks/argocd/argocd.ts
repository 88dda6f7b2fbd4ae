import { webhookController } from '../webhook-controller.js';
import { ArgocdSource } from './argocd.source.js';

const controller = webhookController(ArgocdSource, {
  path: 'argocd/events',
  operation: 'receiveArgocdEvent',
  sender: 'Argo CD, by a template of its notifications',
  proof: 'api_key',
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
});

export const argocd = { source: ArgocdSource, controller };
