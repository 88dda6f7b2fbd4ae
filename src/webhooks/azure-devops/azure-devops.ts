import type { BuiltInSource } from '../built-in-source.js';
import { eventNameIn, nameFrom } from '../identity.js';
import { softPayload } from '../request-body.js';
import { headerOf } from '../webhook-source.js';
import { readAzureDevops } from './azure-devops.reader.js';

/** Service hooks cannot sign: they send an API key, as the password of Basic credentials or in a header. */
export const azureDevops = {
  name: 'azure-devops',
  path: 'azure-devops/events',
  operation: 'receiveAzureDevopsEvent',
  sender: 'Azure DevOps',
  headers: [],
  example: { id: '6a5c8f0e-2b1d-4c3e-9f7a-0d1e2f3a4b5c', eventType: 'git.push', resource: { refUpdates: [] } },
  identify: (headers, raw) => ({
    delivery_id: nameFrom(softPayload(raw, headerOf(headers, 'content-type')).at('id').optionalText()),
    event_name: eventNameIn(raw, headers, 'eventType'),
  }),
  read: ({ payload }, scope) => readAzureDevops(payload, scope),
} satisfies BuiltInSource;
