import { startApp, type TestApp } from './support/app.js';
import { blocks, readDocument, section } from './support/documents.js';
import { HookClient, type Json, sign } from './support/hooks.js';
import { aKey } from './support/people.js';

const SECRET = 'lin_wh_what_Linear_makes_up';
const [COMPLETED = {}, DECLARATION = {}] = blocks(
  section(readDocument('doc/sources/adding-a-source.md'), '## Linear in ten minutes'),
  'json',
).map((block) => JSON.parse(block) as Json);

let app: TestApp;
let hooks: HookClient;

beforeAll(async () => {
  app = await startApp();
  hooks = new HookClient(app, (await aKey(app)).secret);
});
afterAll(() => app.close());

/** As the page shows it, but for what has changed. */
function anIssue(data: Json, changed: Json = {}): Json {
  return { ...COMPLETED, ...changed, data: { ...(COMPLETED['data'] as Json), ...data } };
}

const open = { completedAt: null, canceledAt: null, state: { name: 'In Progress', type: 'started' } };
const canceled = { ...open, canceledAt: '2026-03-02T10:10:00.000Z', state: { name: 'Canceled', type: 'canceled' } };
const reopened = {
  createdAt: '2026-03-02T09:45:00.000Z',
  updatedFrom: { completedAt: '2026-03-02T09:30:00.190Z' },
};

let deliveries = 0;

function send(payload: Json, secret = SECRET) {
  deliveries += 1;
  const headers = { 'linear-delivery': `delivery-${deliveries}`, 'linear-signature': sign(payload, secret) };
  return hooks.send('linear', payload, headers, null);
}

async function incident(): Promise<Json | undefined> {
  const answer = await app.request('GET', '/incidents?pipeline=SHOP');
  const { items } = (await answer.json()) as { items: Json[] };
  expect(items.length).toBeLessThan(2);
  return items[0];
}

describe('Linear, as doc/sources/adding-a-source.md adds it', () => {
  it('answers a trial as the page says', async () => {
    const { events } = await hooks.tryOut('linear', { declaration: DECLARATION, payload: COMPLETED });
    expect(events.map(({ status, timestamp }) => [status, timestamp])).toEqual([
      ['failure', '2026-03-02T09:00:00.000Z'],
      ['success', '2026-03-02T09:30:00.190Z'],
    ]);
  });

  it('has its incidents from beginning to end, and open again', async () => {
    await hooks.declared(
      { ...DECLARATION, signature: { ...(DECLARATION['signature'] as Json), secrets: [SECRET] } },
      'linear',
    );
    const steps: [Json, object][] = [
      [anIssue(open, { action: 'create', updatedFrom: undefined }), { state: 'open', resolved_at: null }],
      [COMPLETED, { state: 'resolved', resolved_at: '2026-03-02T09:30:00.190Z' }],
      [anIssue(open, reopened), { state: 'open', resolved_at: null }],
      [anIssue(canceled), { state: 'resolved', resolved_at: '2026-03-02T10:10:00.000Z' }],
      [anIssue(open, { ...reopened, createdAt: '2026-03-02T10:20:00.000Z', updatedFrom: canceled }), { state: 'open' }],
    ];
    for (const [payload, expected] of steps) {
      expect(await send(payload)).toMatchObject({ status: 200, body: { outcome: 'recorded', reason: null } });
      expect(await incident()).toMatchObject({
        incident_id: 'SHOP-118',
        opened_at: '2026-03-02T09:00:00.000Z',
        ...expected,
      });
    }
  });

  it('is not believed what it has not signed, and ignores what is no incident', async () => {
    expect(await send(COMPLETED, 'a secret of somebody else')).toMatchObject({ status: 401 });
    const others = [anIssue({ labels: [{ name: 'bug' }] }), { ...COMPLETED, type: 'Comment' }];
    for (const payload of others) {
      expect(await send(payload)).toMatchObject({ status: 202, body: { reason: 'not_wanted' } });
    }
  });
});
