import { aNotification, anAlert } from './support/alert-payloads.js';
import { startApp, type TestApp } from './support/app.js';
import { aKey } from './support/people.js';
import { rowCounts } from './support/row-counts.js';
import { putScope } from './support/scoping.js';
import { read } from './support/sending.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await putScope(app, { pipelines: [{ source: 'alertmanager', match: 'Shop *', pipeline_id: 'acme/shop' }] });
});
afterAll(() => app.close());

interface Refused {
  status: number;
  detail: string;
  errors: { pointer: string; detail: string }[];
}

/** A key that is limited to a pipeline. */
async function keyOf(pipeline: string): Promise<string> {
  return (await aKey(app, { pipelines: [pipeline] })).secret;
}

function alertOf(...pipelines: string[]) {
  return aNotification(pipelines.map((pipeline) => anAlert({ labels: { pipeline, environment: 'production' } })));
}

async function send(token: string, body: object): Promise<{ status: number; answer: unknown }> {
  const answer = await app.request('POST', '/alertmanager/alerts', { token, body });
  return { status: answer.status, answer: await answer.json() };
}

async function lastDelivery(): Promise<{ id: string } & Record<string, unknown>> {
  const { items } = await read<{ items: ({ id: string } & Record<string, unknown>)[] }>(
    app,
    '/webhook-deliveries?limit=1',
  );
  return items[0] ?? { id: '' };
}

async function eventsOf(pipeline: string): Promise<number> {
  return (await read<{ count: number }>(app, `/events?pipeline=${pipeline}`)).count;
}

describe('a source whose API key is limited to another pipeline', () => {
  const body = alertOf('acme/web');

  it('is refused, naming the field, and the delivery is kept, but nothing of it recorded', async () => {
    const { status, answer } = await send(await keyOf('acme/shop'), body);
    const { detail, errors } = answer as Refused;
    expect([status, detail]).toEqual([403, 'The key is limited to other pipelines']);
    expect(errors).toEqual([{ pointer: '/pipeline_id', detail: 'the key may not send events for acme/web' }]);
    const refused = { source: 'alertmanager', outcome: 'refused', reason: 'other_pipelines', event_ids: [] };
    expect(await lastDelivery()).toMatchObject(refused);
    expect(await eventsOf('acme/web')).toBe(0);
  });

  it('does not get it in by a replay of an admin, of all or of that one', async () => {
    const [{ id }, rows] = [await lastDelivery(), await rowCounts(app)];
    const all = await app.request('POST', '/webhook-deliveries/replay', { body: { dry_run: false } });
    expect(await all.json()).toMatchObject({ deliveries: 0, events: { added: 0, withdrawn: 0 } });
    const one = await app.request('POST', `/webhook-deliveries/${id}/replay`);
    expect(await one.json()).toMatchObject({ outcome: 'refused', reason: 'other_pipelines', attempts: 1 });
    expect([await eventsOf('acme/web'), await rowCounts(app)]).toEqual([
      0,
      { ...rows, audit_entries: expect.any(Number) },
    ]);
  });

  it('has it recorded once a key sends it that may', async () => {
    const { id } = await lastDelivery();
    expect(await send(await keyOf('acme/web'), body)).toMatchObject({ status: 200, answer: { outcome: 'recorded' } });
    // A delivery of its own: what a limited key sends never stands in for what others send.
    const recorded = await lastDelivery();
    expect(recorded).toMatchObject({ outcome: 'recorded', reason: null, error: null, attempts: 1 });
    expect(recorded.id).not.toBe(id);
    expect(await eventsOf('acme/web')).toBe(1);
  });

  it('is refused all of a delivery of which it may tell a part', async () => {
    const { status } = await send(await keyOf('acme/shop'), alertOf('acme/shop', 'acme/api'));
    expect([status, await eventsOf('acme/shop'), await eventsOf('acme/api')]).toEqual([403, 0, 0]);
  });
});

describe('a source whose pipelines the rules rename', () => {
  it('needs a key for the name that they have here', async () => {
    const body = alertOf('Shop Checkout');
    const { status, answer } = await send(await keyOf('Shop Checkout'), body);
    expect(status).toBe(403);
    expect((answer as Refused).errors).toMatchObject([{ detail: 'the key may not send events for acme/shop' }]);
    expect(await send(await keyOf('acme/shop'), body)).toMatchObject({ status: 200, answer: { outcome: 'recorded' } });
    expect([await eventsOf('acme/shop'), await eventsOf('Shop Checkout')]).toEqual([1, 0]);
  });

  it('has its delivery decided anew when the same key sends it again, and the rules allow it by now', async () => {
    const [key, body] = [await keyOf('acme/pay'), alertOf('Payments')];
    expect((await send(key, body)).status).toBe(403);
    const { id } = await lastDelivery();
    await putScope(app, { pipelines: [{ match: 'Payments', pipeline_id: 'acme/pay' }] });
    expect(await send(key, body)).toMatchObject({ status: 200, answer: { outcome: 'recorded', reason: null } });
    expect(await lastDelivery()).toMatchObject({ id, outcome: 'recorded', attempts: 2 });
  });
});
