import { randomUUID } from 'node:crypto';
import { DeliveryLog } from '../src/webhooks/delivery-log.js';
import { startApp, type TestApp } from './support/app.js';
import { aDeploymentStatus, aPullRequest } from './support/github-payloads.js';
import { GITHUB_SECRET, GithubSender } from './support/github-sender.js';

let app: TestApp;
let github: GithubSender;

beforeEach(async () => {
  app = await startApp({ DEVOPSTIC_GITHUB_WEBHOOK_SECRET: GITHUB_SECRET });
  github = new GithubSender(app.url);
});
afterEach(() => app.close());

interface Delivery {
  id: string;
  delivery_id: string;
  outcome: string;
  reason: string | null;
  error: string | null;
  event_ids: string[];
  attempts: number;
  body?: string;
}

interface DeliveryPage {
  items: Delivery[];
  count: number;
  next: string | null;
}

async function call<Answer>(method: string, path: string): Promise<{ status: number; body: Answer }> {
  const response = await app.request(method, path);
  return { status: response.status, body: (await response.json()) as Answer };
}

async function list(query = ''): Promise<DeliveryPage> {
  return (await call<DeliveryPage>('GET', `/webhook-deliveries${query}`)).body;
}

async function only(query = ''): Promise<Delivery> {
  const { items } = await list(query);
  expect(items).toHaveLength(1);
  return items[0] as Delivery;
}

/** Makes the event log refuse everything, as a fault of ours would. */
async function breakEvents(): Promise<void> {
  await app.dataSource.query(`
    CREATE FUNCTION devopstic.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'out of order' USING ERRCODE = '22000'; END $$`);
  await app.dataSource.query(
    `CREATE TRIGGER refuse BEFORE INSERT ON devopstic.events FOR EACH ROW EXECUTE FUNCTION devopstic.refuse()`,
  );
}

async function mendEvents(): Promise<void> {
  await app.dataSource.query(`DROP TRIGGER refuse ON devopstic.events`);
}

async function countEvents(): Promise<number> {
  const [row] = await app.dataSource.query<{ n: number }[]>('SELECT count(*)::int AS n FROM devopstic.events');
  return row?.n ?? Number.NaN;
}

describe('a delivery that could not be translated', () => {
  it('is kept as failed with its error, and recorded by a replay once that is mended', async () => {
    await breakEvents();
    const { status, body } = await github.send('pull_request', aPullRequest('opened'));
    expect({ status, body }).toEqual({ status: 202, body: { outcome: 'failed', event_ids: [], reason: 'not_stored' } });
    const failed = await only('?outcome=failed');
    expect(failed).toMatchObject({ error: expect.stringContaining('out of order') as string, attempts: 1 });
    await mendEvents();
    const replayed = await call<Delivery>('POST', `/webhook-deliveries/${failed.id}/replay`);
    expect(replayed).toMatchObject({
      status: 200,
      body: { outcome: 'recorded', reason: null, error: null, attempts: 2 },
    });
    expect(replayed.body.event_ids).toHaveLength(1);
    expect(await countEvents()).toBe(1);
    expect(await list('?outcome=failed')).toMatchObject({ items: [] });
  });

  it('is tried again when it is sent again', async () => {
    const delivery = randomUUID();
    await breakEvents();
    await github.send('pull_request', aPullRequest('opened'), { delivery });
    await mendEvents();
    const { status, body } = await github.send('pull_request', aPullRequest('opened'), { delivery });
    expect({ status, outcome: body.outcome }).toEqual({ status: 200, outcome: 'recorded' });
  });

  it('because it is no event by our contract says which field is wrong', async () => {
    const { status, body } = await github.send(
      'deployment_status',
      aDeploymentStatus({ commit: 'c', time: '1999-12-31T23:59:59Z' }),
    );
    expect({ status, body }).toMatchObject({ status: 202, body: { outcome: 'failed', reason: 'not_an_event' } });
    expect((await only()).error).toBe('/timestamp must not be before 2000-01-01');
  });
});

describe('a delivery that was decided', () => {
  it('is neither read nor kept once more when another request has its id', async () => {
    const delivery = randomUUID();
    await github.sendRaw('star', '{"first": true}', { delivery });
    const before = await only();
    await github.sendRaw('star', '{"first": false}', { delivery });
    expect(await only()).toEqual(before);
    const { body } = await call<Delivery>('GET', `/webhook-deliveries/${before.id}`);
    expect(body).toMatchObject({ attempts: 1, body: '{"first": true}' });
  });
});

describe('a replay', () => {
  it('of what is recorded changes nothing', async () => {
    await github.send('pull_request', aPullRequest('opened'));
    const before = await only();
    const { body } = await call<Delivery>('POST', `/webhook-deliveries/${before.id}/replay`);
    expect(body).toEqual({ ...before, attempts: 2 });
    expect(await countEvents()).toBe(1);
  });

  it('that fails does not take back what is recorded', async () => {
    await github.send('pull_request', aPullRequest('opened'));
    const before = await only();
    await app.dataSource.query(`UPDATE devopstic.webhook_deliveries SET body = '{"broken'`);
    const { body } = await call<Delivery>('POST', `/webhook-deliveries/${before.id}/replay`);
    const error: unknown = expect.stringContaining('JSON');
    expect(body).toMatchObject({ outcome: 'recorded', reason: null, error, event_ids: before.event_ids });
  });

  it('of no such delivery is 404, and of no UUID 400', async () => {
    expect((await call('POST', `/webhook-deliveries/${randomUUID()}/replay`)).status).toBe(404);
    expect((await call('POST', '/webhook-deliveries/7/replay')).status).toBe(400);
  });
});

describe('the delivery log', () => {
  it('shows a delivery with its body, and lists them without', async () => {
    await github.sendRaw('ping', '{"zen": "☃"}');
    const listed = await only();
    expect(listed).not.toHaveProperty('body');
    const { body } = await call<Delivery>('GET', `/webhook-deliveries/${listed.id}`);
    expect(body).toEqual({ ...listed, body: '{"zen": "☃"}' });
    expect(body).toMatchObject({ source: 'github', event_name: 'ping', outcome: 'ignored', reason: 'ping' });
    expect((await call('GET', `/webhook-deliveries/${randomUUID()}`)).status).toBe(404);
  });

  it('is paged from the newest, each delivery once', async () => {
    const sent = Array.from({ length: 5 }, () => randomUUID());
    for (const delivery of sent) await github.send('ping', {}, { delivery });
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const answer: DeliveryPage = await list(`?limit=2${next && `&cursor=${next}`}`);
      seen.push(...answer.items.map(({ delivery_id }) => delivery_id));
      next = answer.next;
    }
    expect(seen).toEqual(sent.toReversed());
  });

  it('is filtered by source, outcome and time', async () => {
    await github.send('ping', {});
    await github.send('pull_request', aPullRequest('opened'));
    const counts = [
      '?source=github',
      '?source=gitlab',
      '?outcome=recorded',
      '?from=2020-01-01',
      '?to=2020-01-01',
      '?from=2999-01-01T00:00:00Z',
    ];
    expect(await Promise.all(counts.map(async (query) => (await list(query)).count))).toEqual([2, 0, 1, 2, 0, 0]);
    const cursor = (...key: unknown[]) => `?cursor=${Buffer.from(JSON.stringify(key)).toString('base64url')}`;
    const times = ['yesterday', '2026-02-30', '2026-W10', '2026-03-02T10:30:00', '2026-03-02T10:30:00%2B99:00'];
    const cursors = ['?cursor=x', cursor('x', 'y'), cursor('2026-03-02T10:30:00Z', 'y'), cursor(1, 2)];
    const others = ['?from=2026-03-03&to=2026-03-02', '?outcome=good', '?limit=0', '?source=a%00', '?colour=red'];
    for (const wrong of [...times.map((time) => `?from=${time}`), ...cursors, ...others]) {
      expect((await call('GET', `/webhook-deliveries${wrong}`)).status).toBe(400);
    }
  });

  it('is for admins only', async () => {
    const id = randomUUID();
    const paths = [
      'GET /webhook-deliveries',
      'GET /webhook-sources',
      'POST /webhook-deliveries/replay',
      `GET /webhook-deliveries/${id}`,
      `POST /webhook-deliveries/${id}/replay`,
    ];
    const { body: key } = await createKey(['events:write', 'metrics:read']);
    for (const [method = '', path = ''] of paths.map((one) => one.split(' '))) {
      expect((await app.request(method, path, { token: null })).status).toBe(401);
      expect((await app.request(method, path, { token: key })).status).toBe(403);
    }
  });

  async function createKey(scopes: string[]) {
    const response = await app.request('POST', '/api-keys', { body: { name: 'job', scopes } });
    return { body: ((await response.json()) as { secret: string }).secret };
  }

  it('is counted for Prometheus, with what was refused and is not kept', async () => {
    const counted = async (outcome: string) => {
      const text = await (await app.request('GET', '/metrics')).text();
      const line = new RegExp(
        `^devopstic_webhook_deliveries_total\\{source="github",outcome="${outcome}"\\} (\\d+)$`,
        'm',
      );
      return Number(line.exec(text)?.[1] ?? 0);
    };
    const before = [await counted('refused'), await counted('recorded')];
    await github.send('ping', {}, { secret: 'a guess' });
    await github.send('pull_request', aPullRequest('opened'));
    expect([await counted('refused'), await counted('recorded')]).toEqual(before.map((n) => n + 1));
  });

  it('stays recorded with its events, where it was recorded while another attempt failed', async () => {
    await github.send('pull_request', aPullRequest('opened'));
    const { id, event_ids } = await only();
    const decision = { reason: 'too late', error: 'The other attempt failed', event_ids: ['e0'], pipelines: ['other'] };
    expect(await app.app.get(DeliveryLog).settle(id, { ...decision, outcome: 'failed' })).toMatchObject({
      outcome: 'recorded',
      reason: null,
      error: 'The other attempt failed',
      event_ids: [...event_ids, 'e0'],
      pipelines: ['acme/shop', 'other'],
    });
  });

  it('forgets deliveries older than they are kept for, some at a time', async () => {
    for (let i = 0; i < 5; i++) await github.send('ping', {});
    await app.dataSource.query(`
      UPDATE devopstic.webhook_deliveries SET received_at = now() - interval '91 days'
      WHERE id IN (SELECT id FROM devopstic.webhook_deliveries ORDER BY received_at LIMIT 3)`);
    const log = app.app.get(DeliveryLog);
    expect([await log.prune(90 * 86_400, 2), await log.prune(90 * 86_400, 2)]).toEqual([2, 1]);
    expect((await list()).count).toBe(2);
  });
});

describe('the list of sources', () => {
  it('says which are set up, and what came last and failed last', async () => {
    const github_of = async () => {
      const { body } = await call<{ items: { source: string }[] }>('GET', '/webhook-sources');
      return body.items.find(({ source }) => source === 'github');
    };
    expect(await github_of()).toEqual({
      source: 'github',
      proof: 'signature',
      enabled: true,
      fault: null,
      last_delivery: null,
      last_failure: null,
    });
    await github.sendRaw('push', '{}');
    await github.send('pull_request', aPullRequest('opened'));
    expect(await github_of()).toMatchObject({
      last_delivery: { event_name: 'pull_request', outcome: 'recorded', reason: null },
      last_failure: { event_name: 'push', outcome: 'refused', error: expect.stringContaining('/repository') as string },
    });
    const off = await startApp({}, app.database);
    const { items } = (await (await off.request('GET', '/webhook-sources')).json()) as { items: object[] };
    expect(items).toContainEqual(expect.objectContaining({ source: 'github', enabled: false }));
    await off.close();
  });
});
