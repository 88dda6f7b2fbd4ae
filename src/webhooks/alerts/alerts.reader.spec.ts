import { type AlertOptions, anAlert, aNotification } from '../../../test/support/alert-payloads.js';
import { at } from '../../../test/support/github-payloads.js';
import { Payload } from '../payload.js';
import { readAlerts } from './alerts.reader.js';

const labels = { pipeline: 'acme/shop' };

function eventsOf(alerts: readonly object[], more: object = {}) {
  const reading = readAlerts(new Payload({ ...aNotification([]), alerts, ...more }));
  return 'events' in reading ? reading.events : [];
}

function pipelineOf(options: AlertOptions, commonLabels: object = {}) {
  return eventsOf([anAlert(options)], { commonLabels }).map((event) => event.pipeline_id);
}

describe('an alert', () => {
  it('is an incident from when it started, and over when it ended', () => {
    const opening = {
      type: 'incident_status_change',
      pipeline_id: 'acme/shop',
      incident_id: 'f1@2026-03-02T09:00:00.000Z',
      environment: 'production',
      url: 'https://prometheus.example.com/graph?g0.expr=checkout',
      status: 'failure',
      timestamp: '2026-03-02T09:00:00.000Z',
    };
    const alert = { labels: { ...labels, environment: 'production' }, fingerprint: 'f1' };
    expect(eventsOf([anAlert(alert)])).toEqual([opening]);
    expect(eventsOf([anAlert({ ...alert, ended: '09:30' })])).toEqual([
      opening,
      { ...opening, status: 'success', timestamp: '2026-03-02T09:30:00.000Z' },
    ]);
  });

  it('that fires is open whatever end it has', () => {
    const ends = ['0001-01-01T00:00:00Z', at('10:00'), undefined];
    for (const endsAt of ends) expect(eventsOf([{ ...anAlert({ labels }), endsAt }])).toHaveLength(1);
  });

  it('is another incident each time that it starts, and the same one however its start is written', () => {
    const idOf = (startsAt: string) => eventsOf([{ ...anAlert({ labels }), startsAt }])[0]?.incident_id;
    expect(idOf(at('11:00'))).not.toBe(idOf(at('09:00')));
    expect(idOf('2026-03-02T10:00:00.000000123+01:00')).toBe(idOf(at('09:00')));
  });

  it('names its pipeline by its labels, then its annotations, then those common to all; `pipeline` before `service`', () => {
    const annotations = { pipeline: 'annotated', service: 'annotated-service' };
    expect(pipelineOf({ labels, annotations })).toEqual(['acme/shop']);
    expect(pipelineOf({ labels: { service: 'web' }, annotations })).toEqual(['annotated']);
    expect(pipelineOf({ labels: { service: 'web' } }, { service: 'common' })).toEqual(['web']);
    expect(pipelineOf({}, { service: 'common' })).toEqual(['common']);
  });

  it('is only a test if it is all that Grafana makes of one', () => {
    expect(pipelineOf({ labels: { ...labels, alertname: 'TestAlert' } })).toEqual(['acme/shop']);
    expect(pipelineOf({ labels: { ...labels, instance: 'Grafana' } })).toEqual(['acme/shop']);
  });

  it('must have a start, a fingerprint and, once resolved, an end', () => {
    const without = (field: string, options: AlertOptions = {}) =>
      expect(() => eventsOf([anAlert({ labels }), { ...anAlert({ labels, ...options }), [field]: undefined }])).toThrow(
        `/alerts/1/${field} `,
      );
    without('startsAt');
    without('fingerprint');
    without('status');
    without('endsAt', { ended: '09:30' });
    expect(() => readAlerts(new Payload({}))).toThrow('/alerts must be an array');
  });
});

describe('a notification', () => {
  it('tells of every alert, and why some are of no use', () => {
    const alerts = [anAlert(), anAlert({ labels }), anAlert({ labels, fingerprint: 'f2', ended: '09:10' })];
    const reading = readAlerts(new Payload(aNotification(alerts)));
    expect(reading).toMatchObject({ ignored: 'no_pipeline' });
    expect(eventsOf(alerts).map(({ status }) => status)).toEqual(['failure', 'failure', 'success']);
  });

  it('says if it leaves some out', () => {
    expect(readAlerts(new Payload(aNotification([anAlert({ labels })])))).toMatchObject({ ignored: undefined });
    expect(readAlerts(new Payload(aNotification([], { truncatedAlerts: 2 })))).toEqual({
      events: [],
      ignored: 'truncated',
    });
  });
});
