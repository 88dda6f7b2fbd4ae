import { at } from '../../../test/support/github-payloads.js';
import {
  anIncident,
  incidentEvent,
  type IncidentOptions,
  statusEvent,
} from '../../../test/support/incidentio-payloads.js';
import { Payload } from '../payload.js';
import { readIncidentio } from './incidentio.reader.js';

function read(payload: unknown) {
  return readIncidentio(new Payload(payload));
}

const told = {
  type: 'incident_status_change',
  pipeline_id: 'Checkout',
  incident_id: '01FDAG4SAP5TYPT98WGR2N7W91',
  url: 'https://app.incident.io/incidents/123',
};
const began = { ...told, status: 'failure', timestamp: at('13:00') };

describe('an incident of incident.io', () => {
  it('begins when it is declared, whatever is told of it later', () => {
    expect(read(incidentEvent('created'))).toEqual({ events: [began] });
    expect(read(incidentEvent('updated', anIncident({ updated: '13:20' })))).toEqual({ events: [began] });
    const paused = anIncident({ category: 'paused', updated: '13:20' });
    expect(read(statusEvent('live', paused))).toEqual({ events: [began] });
    const accepted = anIncident({ updated: '13:20' });
    expect(read(statusEvent('triage', accepted))).toEqual({ events: [began] });
  });

  it('is over once it is closed, or only to be learnt from, at the time of that', () => {
    for (const category of ['closed', 'learning']) {
      const incident = anIncident({ category, updated: '14:00' });
      const events = [began, { ...told, status: 'success', timestamp: at('14:00') }];
      expect(read(statusEvent('live', incident))).toEqual({ events });
      expect(read(incidentEvent('updated', incident))).toEqual({ events });
    }
  });

  it('comes back when it is live again', () => {
    expect(read(statusEvent('closed', anIncident({ updated: '15:00' })))).toEqual({
      events: [began, { ...told, status: 'failure', timestamp: at('15:00') }],
    });
  });

  it('that turns out to be none ends, and does not begin', () => {
    for (const category of ['declined', 'merged', 'canceled']) {
      const incident = anIncident({ category, updated: '13:20' });
      expect(read(statusEvent('triage', incident))).toEqual({
        events: [{ ...told, status: 'success', timestamp: at('13:20') }],
      });
    }
  });

  it('is one of each service that a custom field of services names', () => {
    const pipelinesOf = (fields: IncidentOptions['fields']) => {
      const reading = read(incidentEvent('created', anIncident({ fields })));
      return 'events' in reading ? reading.events.map(({ pipeline_id }) => pipeline_id) : reading.ignored;
    };
    expect(pipelinesOf({ 'Affected Services': ['Checkout', 'Shop API', 'Checkout'] })).toEqual([
      'Checkout',
      'Shop API',
    ]);
    expect(pipelinesOf({ service: ['Checkout'], 'Service level': ['gold'] })).toEqual(['Checkout']);
    expect(pipelinesOf({ Team: ['Payments'], Serviceability: ['low'] })).toBe('no_service');
  });

  it('takes options and text of a field as well', () => {
    const entry = (value: object) => [{ custom_field: { name: 'Service' }, values: [value] }];
    for (const value of [{ value_option: { value: 'Checkout' } }, { value_text: 'Checkout' }]) {
      const incident = { ...anIncident(), custom_field_entries: entry(value) };
      expect(read(incidentEvent('created', incident))).toEqual({ events: [began] });
    }
    const empty = { ...anIncident(), custom_field_entries: entry({}) };
    expect(read(incidentEvent('created', empty))).toEqual({ ignored: 'no_service' });
  });

  it('is in the environment that a custom field names, if it names one', () => {
    const fields = { Service: ['Checkout'], Environment: ['staging'] };
    expect(read(incidentEvent('created', anIncident({ fields })))).toEqual({
      events: [{ ...began, environment: 'staging' }],
    });
    const both = { ...fields, Environment: ['staging', 'production'] };
    expect(read(incidentEvent('created', anIncident({ fields: both })))).toEqual({ events: [began] });
  });

  it('of the past, or made up, is none', () => {
    for (const mode of ['retrospective', 'test', 'tutorial']) {
      expect(read(incidentEvent('created', anIncident({ mode })))).toEqual({ ignored: 'mode_not_used' });
    }
  });

  it('is malformed without what it must have, and says so by pointer', () => {
    expect(() => read({})).toThrow(/^\/event_type must be/);
    const { created_at: _none, ...incident } = anIncident();
    const pointer = '/public_incident.incident_created_v2/created_at';
    expect(() => read(incidentEvent('created', incident))).toThrow(`${pointer} must be a time`);
  });
});
