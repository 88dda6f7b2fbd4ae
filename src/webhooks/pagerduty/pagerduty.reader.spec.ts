import { at } from '../../../test/support/github-payloads.js';
import { aMessage, anEvent } from '../../../test/support/pagerduty-payloads.js';
import type { EventBody } from '../../events/event.js';
import { Payload } from '../payload.js';
import { readPagerduty } from './pagerduty.reader.js';

function eventsOf(payload: object): EventBody[] {
  const reading = readPagerduty(new Payload(payload));
  return 'events' in reading ? reading.events : [];
}

const timesOf = (payload: object) => eventsOf(payload).map(({ status, timestamp }) => [status, timestamp]);

describe('an incident of PagerDuty', () => {
  it('fails its service from when it was created', () => {
    expect(eventsOf(anEvent('incident.triggered', { created: '09:00', time: '09:01' }))).toEqual([
      {
        type: 'incident_status_change',
        pipeline_id: 'acme/pagerduty',
        incident_id: 'Q1WSHOP7K2',
        url: 'https://acme.pagerduty.com/incidents/Q1WSHOP7K2',
        status: 'failure',
        timestamp: at('09:00'),
      },
    ]);
  });

  it('tells its opening again when it is reopened or resolved', () => {
    expect(timesOf(anEvent('incident.reopened', { created: '09:00', time: '09:40' }))).toEqual([
      ['failure', at('09:00')],
      ['failure', at('09:40')],
    ]);
    expect(timesOf(anEvent('incident.resolved', { created: '09:00', time: '09:30' }))).toEqual([
      ['failure', at('09:00')],
      ['success', at('09:30')],
    ]);
  });

  it('does without the time when it was created', () => {
    const withoutCreation = (type: string) => {
      const { event } = anEvent(type, { time: '09:30' });
      return timesOf({ event: { ...event, data: { ...event.data, created_at: null } } });
    };
    expect(withoutCreation('incident.triggered')).toEqual([['failure', at('09:30')]]);
    expect(withoutCreation('incident.reopened')).toEqual([['failure', at('09:30')]]);
    expect(withoutCreation('incident.resolved')).toEqual([['success', at('09:30')]]);
  });

  it.each(['id', 'service'])('must have its %s', (field) => {
    const { event } = anEvent('incident.triggered');
    const payload = { event: { ...event, data: { ...event.data, [field]: undefined } } };
    expect(() => eventsOf(payload)).toThrow(`/event/data/${field}`);
  });

  it('must say what happened, and when', () => {
    const { event } = anEvent('incident.resolved');
    expect(() => eventsOf({})).toThrow('/event/event_type');
    expect(() => eventsOf({ event: { ...event, occurred_at: undefined } })).toThrow('/event/occurred_at');
  });
});

describe('a message of version 2', () => {
  it('says the same as the event of version 3', () => {
    const times = { created: '09:00', time: '09:30' };
    expect(eventsOf({ messages: [aMessage('incident.trigger', times)] })).toEqual(
      eventsOf(anEvent('incident.triggered', times)),
    );
    expect(eventsOf({ messages: [aMessage('incident.resolve', times)] })).toEqual(
      eventsOf(anEvent('incident.resolved', times)),
    );
  });

  it('does not resolve by being acknowledged, whatever the state of the incident is', () => {
    const message = aMessage('incident.acknowledge');
    expect(readPagerduty(new Payload({ messages: [message] }))).toEqual({ events: [], ignored: 'event_not_used' });
  });

  it('comes with others, each of an incident of its own', () => {
    const messages = ['A', 'B'].flatMap((id) => [
      aMessage('incident.trigger', { id }),
      aMessage('incident.resolve', { id }),
    ]);
    expect(eventsOf({ messages }).map(({ incident_id, status }) => `${incident_id} ${status}`)).toEqual([
      'A failure',
      'A failure',
      'A success',
      'B failure',
      'B failure',
      'B success',
    ]);
  });

  it('names an incident without an id by its number', () => {
    const message = aMessage('incident.trigger');
    const incident = { ...message.incident, id: undefined };
    expect(eventsOf({ messages: [{ ...message, incident }] })[0]?.incident_id).toBe('17');
    const nameless = { ...incident, incident_number: undefined };
    expect(() => eventsOf({ messages: [message, { ...message, incident: nameless }] })).toThrow(
      '/messages/1/incident/incident_number',
    );
  });
});
