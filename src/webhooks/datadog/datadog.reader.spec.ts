import { Payload } from '../payload.js';
import { readDatadog } from './datadog.reader.js';

const TOLD = {
  alert_cycle_key: '70001',
  alert_transition: 'Triggered',
  date: '1772447400123',
  tags: 'monitor, service:web,env:prod',
  link: 'https://app.datadoghq.eu/monitors/4711',
};

function read(changed: object = {}) {
  return readDatadog(new Payload({ ...TOLD, ...changed }));
}

describe('an alert of Datadog', () => {
  it('is an incident by its cycle, of the service and the environment that its tags name', () => {
    const event = {
      type: 'incident_status_change',
      pipeline_id: 'web',
      incident_id: '70001',
      environment: 'prod',
      url: 'https://app.datadoghq.eu/monitors/4711',
      status: 'failure',
      timestamp: '2026-03-02T10:30:00.123Z',
    };
    expect(read()).toEqual({ events: [event] });
    expect(read({ date: 1772447400123, alert_transition: 'Re-Triggered' })).toEqual({ events: [event] });
    expect(read({ alert_transition: 'Recovered' })).toEqual({ events: [{ ...event, status: 'success' }] });
  });

  it.each(['Warn', 'Re-Warn', 'No Data', 'Re-No Data', 'Renotify', 'Null'])(
    'is of no use as %s',
    (alert_transition) => {
      expect(read({ alert_transition })).toEqual({ ignored: 'transition_not_used' });
    },
  );

  it.each(['alert_cycle_key', 'alert_transition', 'date'])('must have what the template calls %s', (field) => {
    expect(() => read({ [field]: undefined })).toThrow(`/${field}`);
  });
});
