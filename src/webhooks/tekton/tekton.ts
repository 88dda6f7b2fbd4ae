import type { BuiltInSource } from '../built-in-source.js';
import { CLOUD_EVENT_HEADERS, CLOUD_EVENT_TYPES, identifyCloudEvent } from '../cloudevents/cloud-events.js';
import { readTekton } from './tekton.reader.js';

export const tekton = {
  name: 'tekton',
  path: 'tekton/events',
  operation: 'receiveTektonEvent',
  sender: 'Tekton Pipelines',
  headers: [
    {
      name: 'Ce-Id',
      required: false,
      description: 'Id of the event, the same when it is sent again; absent in structured mode',
      example: '2f4cf1e2-67a4-4b0e-9f2a-5d1b6d2f9a10',
    },
    {
      name: 'Ce-Type',
      required: false,
      description: 'Type of the event; absent in structured mode',
      example: 'dev.tekton.event.pipelinerun.successful.v1',
    },
  ],
  content_types: CLOUD_EVENT_TYPES,
  kept_headers: CLOUD_EVENT_HEADERS,
  example: {
    pipelineRun: {
      metadata: {
        name: 'deploy-shop-x7k2p',
        uid: '0a5e8c1c-63b1-4f0c-8a43-b3f8b3a3a001',
        annotations: { 'devopstic/environment': 'production', 'devopstic/pipeline': 'acme/shop' },
      },
      spec: {
        pipelineRef: { name: 'deploy-shop' },
        params: [{ name: 'revision', value: '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8' }],
      },
      status: { startTime: '2026-03-02T11:55:00Z', completionTime: '2026-03-02T12:00:00Z' },
    },
  },
  identify: identifyCloudEvent,
  read: readTekton,
} satisfies BuiltInSource;
