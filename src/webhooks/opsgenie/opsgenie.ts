import type { BuiltInSource } from '../built-in-source.js';
import { eventNamed } from '../identity.js';
import { readOpsgenie } from './opsgenie.reader.js';

export const opsgenie = {
  name: 'opsgenie',
  path: 'opsgenie/incidents',
  operation: 'receiveOpsgenieAlert',
  sender: 'Opsgenie or Jira Service Management',
  headers: [],
  example: {
    action: 'Create',
    alert: {
      alertId: '8743a1c0-6f5e-4c1b-9d0b-1f0c2f7f9a51-1772447400000',
      tags: ['pipeline:acme/shop', 'env:production'],
      createdAt: 1772447400000,
      updatedAt: 1772447400512000000,
    },
  },
  identify: eventNamed('action'),
  read: ({ payload }) => readOpsgenie(payload),
} satisfies BuiltInSource;
