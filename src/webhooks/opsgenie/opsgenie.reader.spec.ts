import { Payload } from '../payload.js';
import { readOpsgenie } from './opsgenie.reader.js';

const CREATED = 1772447400123;

function read(action: string, alert: object = {}) {
  const defaults = { alertId: 'a-1', tags: ['service:web'], createdAt: CREATED, updatedAt: (CREATED + 60_000) * 1e6 };
  return readOpsgenie(new Payload({ action, alert: { ...defaults, ...alert } }));
}

describe('an alert of Opsgenie', () => {
  it('opens when it was created, told in milliseconds, and ends when it was updated, told in nanoseconds', () => {
    const opening = {
      type: 'incident_status_change',
      pipeline_id: 'web',
      incident_id: 'a-1',
      environment: undefined,
      status: 'failure',
      timestamp: '2026-03-02T10:30:00.123Z',
    };
    expect(read('Create')).toEqual({ events: [opening] });
    const restored = { ...opening, status: 'success', timestamp: '2026-03-02T10:31:00.123Z' };
    expect(read('Close')).toEqual({ events: [opening, restored] });
    expect(read('Delete')).toEqual({ events: [opening, restored] });
  });

  it('ends without the time when it was created', () => {
    expect(read('Close', { createdAt: undefined })).toMatchObject({ events: [{ status: 'success' }] });
  });

  it('is of the pipeline that its tags name, else of its entity; its details count for nothing', () => {
    const event = (alert: object) => read('Create', alert);
    expect(event({ entity: 'shop' })).toMatchObject({ events: [{ pipeline_id: 'web' }] });
    expect(event({ tags: ['eu', 'env:prod'], entity: 'shop' })).toMatchObject({
      events: [{ pipeline_id: 'shop', environment: 'prod' }],
    });
    expect(event({ tags: undefined, entity: '', details: { pipeline: 'shop' } })).toEqual({ ignored: 'no_pipeline' });
  });

  it('must have an id and its times', () => {
    expect(() => read('Create', { alertId: undefined })).toThrow('/alert/alertId');
    expect(() => read('Create', { createdAt: undefined })).toThrow('/alert/createdAt');
    expect(() => read('Close', { updatedAt: 1772447400 })).toThrow('/alert/updatedAt');
    expect(() => readOpsgenie(new Payload({}))).toThrow('/action');
  });
});
