import type { BuiltInSource } from '../built-in-source.js';
import { eventNamed } from '../identity.js';
import { hmacOfBody, sharedSecret } from '../signature.js';
import { readFlux } from './flux.reader.js';

export const flux = {
  name: 'flux',
  path: 'flux/events',
  operation: 'receiveFluxEvent',
  sender: "Flux's notification controller",
  headers: [
    {
      name: 'X-Signature',
      description: 'HMAC-SHA256 of the body with the secret',
      example: 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    },
  ],
  kept_headers: ['gotk-component'],
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
  signature: (config) =>
    sharedSecret(['x-signature'], config.webhook_secrets.flux, hmacOfBody('x-signature', 'sha256=')),
  /** An event has no id; the controller repeats it as it was. */
  identify: eventNamed('reason'),
  read: ({ payload }) => readFlux(payload),
} satisfies BuiltInSource;
