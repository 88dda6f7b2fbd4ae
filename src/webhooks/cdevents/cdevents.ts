import type { BuiltInSource } from '../built-in-source.js';
import { CLOUD_EVENT_HEADERS, CLOUD_EVENT_TYPES, identifyCloudEvent } from '../cloudevents/cloud-events.js';
import { readCdevents } from './cdevents.reader.js';

export const cdevents = {
  name: 'cdevents',
  path: 'cdevents',
  operation: 'receiveCdevent',
  sender: 'a tool that speaks CDEvents',
  headers: [],
  content_types: CLOUD_EVENT_TYPES,
  kept_headers: CLOUD_EVENT_HEADERS,
  example: {
    context: {
      specversion: '0.5.1',
      id: '7d0f7f0e-2c5b-4f5e-9d62-0a4d5f1b7c11',
      source: '/deployer/eu-1',
      type: 'dev.cdevents.service.deployed.0.3.0',
      timestamp: '2026-03-02T12:00:00Z',
    },
    subject: {
      id: 'shop',
      source: '/deployer/eu-1',
      content: {
        environment: { id: 'production' },
        artifactId: 'pkg:oci/shop@sha256%3A9f2c?tag=86f7e437faa5a7fce15d1ddcb9eaeaea377667b8',
      },
    },
  },
  identify: identifyCloudEvent,
  read: readCdevents,
} satisfies BuiltInSource;
