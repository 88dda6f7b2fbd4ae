import { at } from '../../../test/support/github-payloads.js';
import { anIncidentEvent, type IncidentOptions } from '../../../test/support/rootly-payloads.js';
import { Payload } from '../payload.js';
import { readRootly } from './rootly.reader.js';

function read(type: string, options?: IncidentOptions) {
  return readRootly(new Payload(anIncidentEvent(type, options)));
}

const told = {
  type: 'incident_status_change',
  pipeline_id: 'Checkout',
  incident_id: 'b7eed587-50e6-44fe-b010-7a2bb05d737a',
  url: 'https://rootly.com/account/incidents/19-checkout-is-down',
};
const began = { ...told, status: 'failure', timestamp: at('13:00') };
const restored = (time: string) => ({ ...told, status: 'success', timestamp: at(time) });

describe('an incident of Rootly', () => {
  it('begins when it started, whatever is told of it later', () => {
    expect(read('incident.created')).toEqual({ events: [began] });
    expect(read('incident.updated', { status: 'acknowledged', issued: '13:20' })).toEqual({ events: [began] });
  });

  it('is over once it is mitigated, at the time of that', () => {
    const mitigated = { mitigated: '13:30', issued: '13:35' };
    expect(read('incident.mitigated', { status: 'mitigated', ...mitigated })).toEqual({
      events: [began, restored('13:30')],
    });
    expect(read('incident.resolved', { status: 'resolved', ...mitigated, resolved: '14:00' })).toEqual({
      events: [began, restored('13:30'), restored('14:00')],
    });
    expect(read('incident.updated', { status: 'closed', resolved: '14:00' })).toEqual({
      events: [began, restored('14:00')],
    });
  });

  it('is over when that was told, if no time is', () => {
    expect(read('incident.resolved', { status: 'resolved', issued: '14:05' })).toEqual({
      events: [began, restored('14:05')],
    });
  });

  it('that is cancelled ends, and does not begin', () => {
    const cancelled = { status: 'cancelled', cancelled: '13:20', issued: '13:21' };
    expect(read('incident.cancelled', cancelled)).toEqual({ events: [restored('13:20')] });
    expect(read('incident.cancelled', { ...cancelled, cancelled: undefined })).toEqual({ events: [restored('13:21')] });
  });

  it('is one of each of its services, in its environment if that is one', () => {
    const services = ['Checkout', 'Shop'];
    expect(read('incident.created', { services, environments: ['Staging'] })).toEqual({
      events: [
        { ...began, environment: 'Staging' },
        { ...began, pipeline_id: 'Shop', environment: 'Staging' },
      ],
    });
    expect(read('incident.created', { environments: ['Staging', 'Production'] })).toEqual({ events: [began] });
    expect(read('incident.created', { services: [] })).toEqual({ ignored: 'no_service' });
  });

  it('is none in triage, as an exercise, planned, or written down afterwards', () => {
    expect(read('incident.updated', { status: 'in_triage' })).toEqual({ ignored: 'triage' });
    for (const kind of ['test', 'test_sub', 'example', 'scheduled', 'backfilled']) {
      expect(read('incident.created', { kind })).toEqual({ ignored: 'kind_not_used' });
    }
    expect(read('incident.created', { kind: 'normal_sub' })).toEqual({ events: [began] });
  });

  it('is told by no other event', () => {
    for (const type of ['incident.deleted', 'incident.in_triage', 'incident.scheduled.created', 'alert.created']) {
      expect(read(type)).toEqual({ ignored: 'event_not_used' });
    }
    expect(() => readRootly(new Payload({}))).toThrow(/^\/event\/type must be/);
  });
});
