import {
  aDeployedService,
  type CdeventBody,
  inBatchMode,
  inBinaryMode,
  inStructuredMode,
} from '../../../test/support/cdevents.js';
import { parsePayload } from '../request-body.js';
import { cloudEventsIn, identifyCloudEvent } from './cloud-events.js';

interface Message {
  body: object;
  headers: Record<string, string>;
}

const event = aDeployedService({ id: 'e-1', source: '/deployer' });
const TYPE = event.context.type;

function read({ body, headers }: Message) {
  const payload = parsePayload(Buffer.from(JSON.stringify(body)), headers['content-type']);
  return cloudEventsIn({ payload, headers }).map(({ type, data }) => ({ type, data: data.json() }));
}

function identify({ body, headers }: Message) {
  return identifyCloudEvent(headers, Buffer.from(JSON.stringify(body)));
}

function structured(changed: object, content_type = 'application/cloudevents+json'): Message {
  return { body: { ...inStructuredMode(event).body, ...changed }, headers: { 'content-type': content_type } };
}

describe('a CloudEvent', () => {
  const modes: [string, Message][] = [
    ['binary', inBinaryMode(event)],
    ['structured', inStructuredMode(event)],
    ['structured, with parameters', structured({}, 'application/cloudevents+json; charset=UTF-8')],
    ['structured, in base64', structured({ data: undefined, data_base64: base64(event) })],
    ['of version 0.3', structured({ specversion: '0.3' })],
  ];
  it.each(modes)('is read in %s mode, and known by its source and id', (_mode, message) => {
    expect(read(message)).toEqual([{ type: TYPE, data: event }]);
    expect(identify(message)).toEqual({ delivery_id: '/deployer e-1', event_name: TYPE });
  });

  it('may come in a batch with others, which has no id', () => {
    const other = aDeployedService({ id: 'e-2' });
    expect(read(inBatchMode(event, other)).map(({ data }) => data)).toEqual([event, other]);
    expect(identify(inBatchMode(event, other))).toEqual({ delivery_id: undefined, event_name: 'batch' });
    expect(read(inBatchMode())).toEqual([]);
  });

  it('is none without its signs, but identified by the context of a CDEvent', () => {
    const bare = { body: event, headers: { 'content-type': 'application/json' } };
    expect(read(bare)).toEqual([]);
    expect(identify(bare)).toEqual({ delivery_id: '/deployer e-1', event_name: TYPE });
    expect(identify({ ...bare, body: {} })).toEqual({ delivery_id: undefined, event_name: 'unknown' });
  });

  it('without an id is known by its body alone, not by an id made up', () => {
    expect(identify(structured({ id: undefined, data: {} }))).toMatchObject({ delivery_id: undefined });
  });

  it('names where it is malformed', () => {
    expect(() => read(structured({ type: 7 }))).toThrow('must be a CloudEvent with a type');
    expect(() => read(structured({ schemaurl: 'https://example.com' }))).toThrow('must be a CloudEvent');
    expect(() => read(structured({ data_base64: base64('{') }))).toThrow('/data_base64 The body is not valid JSON');
    const [data] = cloudEventsIn({
      payload: parsePayload(Buffer.from(JSON.stringify([{ ...structured({}).body, data: {} }])), BATCH),
      headers: { 'content-type': BATCH },
    });
    expect(() => data?.data.at('context', 'type').text()).toThrow('/0/data/context/type must be');
  });
});

const BATCH = 'application/cloudevents-batch+json';

function base64(value: CdeventBody | string): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64');
}
