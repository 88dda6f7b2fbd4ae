import { webhookController } from '../webhook-controller.js';
import { FluxSource } from './flux.source.js';

const controller = webhookController(FluxSource, {
  path: 'flux/events',
  operation: 'receiveFluxEvent',
  sender: "Flux's notification controller",
  proof: 'signature',
  headers: [
    {
      name: 'X-Signature',
      description: 'HMAC-SHA256 of the body with the secret',
      example: 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    },
  ],
  example: {
    involvedObject: {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      namespace: 'apps',
      name: 'shop',
    },
    severity: 'info',
    reason: 'ReconciliationSucceeded',
    timestamp: '2026-03-02T12:00:00Z',
    metadata: { revision: 'main@sha1:86f7e437faa5a7fce15d1ddcb9eaeaea377667b8', environment: 'production' },
  },
});

export const flux = { source: FluxSource, controller };
