import { CloudEvent, HTTP } from 'cloudevents';
import { at, sha } from './github-payloads.js';

/** CDEvents as their senders make them, of 2026-03-02 unless a time is given in full. */

export interface CdeventOptions {
  id?: string;
  source?: string;
  time?: string;
  subject?: string;
  content?: object;
  customData?: object;
}

export const ARTIFACT = `pkg:oci/shop@sha256%3A${'9f'.repeat(32)}?tag=${sha('m')}`;

/** `kind` is the subject and the predicate: `service.deployed`. */
export function aCdevent(kind: string, options: CdeventOptions = {}) {
  const { source = '/deployer/eu-1', time = '12:00', subject = 'shop', content = {}, customData } = options;
  const id = options.id ?? sha(JSON.stringify([kind, options]));
  const [subject_type] = kind.split('.');
  return {
    context: { specversion: '0.5.1', id, source, type: `dev.cdevents.${kind}.0.3.0`, timestamp: at(time) },
    subject: { id: subject, source, type: subject_type, content },
    ...(customData === undefined ? {} : { customData }),
  };
}

export type CdeventBody = ReturnType<typeof aCdevent>;

export function aDeployedService(options: CdeventOptions & { artifactId?: string } = {}) {
  const { artifactId = ARTIFACT, ...rest } = options;
  return aCdevent('service.deployed', { ...rest, content: { environment: { id: 'production' }, artifactId } });
}

/** The message that the library for senders makes of it. */
export function inBinaryMode(event: CdeventBody) {
  return messageOf(HTTP.binary(cloudEventOf(event)));
}

export function inStructuredMode(event: CdeventBody) {
  return messageOf(HTTP.structured(cloudEventOf(event)));
}

export function inBatchMode(...events: CdeventBody[]) {
  const body = events.map((event) => JSON.parse(cloudEventOf(event).toString()) as object);
  return { body, headers: { 'content-type': 'application/cloudevents-batch+json' } };
}

function cloudEventOf(event: CdeventBody) {
  const { id, source, type, timestamp } = event.context;
  return new CloudEvent({ id, source, type, time: timestamp, subject: event.subject.id, data: event });
}

/** What is sent. */
export function messageOf({ headers, body }: ReturnType<typeof HTTP.binary>) {
  return {
    body: JSON.parse(String(body)) as object,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  };
}
