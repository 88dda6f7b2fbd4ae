import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { DeliveryLog } from '../src/webhooks/delivery-log.js';
import { DeliveryTranslator } from '../src/webhooks/delivery-translator.js';
import { LeftDeliveries } from '../src/webhooks/left-deliveries.js';
import { aNotification, anAlert } from './support/alert-payloads.js';
import { startApp, type TestApp } from './support/app.js';
import { aPullRequest } from './support/github-payloads.js';
import { GITHUB_SECRET, GithubSender } from './support/github-sender.js';
import { aDeclaration, aPayload, HookClient } from './support/hooks.js';
import { aKey } from './support/people.js';
import { read } from './support/sending.js';

const SECRET = { DEVOPSTIC_GITHUB_WEBHOOK_SECRET: GITHUB_SECRET };
const HEADERS = { 'content-type': 'application/json' };

let app: TestApp;
/** Another instance on the same database. */
let other: TestApp | undefined;

beforeAll(async () => {
  app = await startApp(SECRET);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await other?.close();
  other = undefined;
  await app.dataSource.query('DELETE FROM devopstic.webhook_deliveries');
});
afterAll(() => app.close());

interface Left {
  source?: string;
  delivery_id?: string;
  event_name?: string;
  body?: object;
  limited_key?: string;
  age?: string;
}

/** As a service leaves a delivery that is killed once it has kept it. */
async function leave({ age = '2 minutes', body = aPullRequest('opened'), ...left }: Left = {}): Promise<string> {
  const delivery = {
    source: 'github',
    delivery_id: randomUUID(),
    event_name: 'pull_request',
    limited_key: '',
    ...left,
  };
  const raw = Buffer.from(JSON.stringify(body));
  const { kept } = await app.app.get(DeliveryLog).keep({ ...delivery, headers: HEADERS, body: raw });
  await makeOlder(kept.id, age);
  return kept.id;
}

async function makeOlder(id: string, age = '2 minutes'): Promise<void> {
  await app.dataSource.query(
    `UPDATE devopstic.webhook_deliveries
     SET received_at = received_at - $2::interval, tried_at = tried_at - $2::interval WHERE id = $1`,
    [id, age],
  );
}

const anAlertOf = (pipeline: string): object =>
  aNotification([anAlert({ labels: { pipeline, environment: 'production' } })]);
const show = (id: string): Promise<Record<string, unknown>> => read(app, `/webhook-deliveries/${id}`);
const round = (service = app): Promise<void> => service.app.get(LeftDeliveries).round();
const translating = () => jest.spyOn(app.app.get(DeliveryTranslator), 'translate');

describe('a delivery that a stop left undecided', () => {
  it('is decided at the next start, whoever sent it', async () => {
    const hooks = new HookClient(app, (await aKey(app)).secret);
    const hook = await hooks.declared(aDeclaration());
    const left = [
      await leave(),
      await leave({ source: 'alertmanager', body: anAlertOf('shop') }),
      await leave({ source: `hooks/${hook}`, body: aPayload() }),
    ];
    other = await startApp(SECRET, app.database);
    for (const id of left) {
      let shown = await show(id);
      while (shown['outcome'] === 'received') shown = await show(id);
      expect(shown).toMatchObject({ outcome: 'recorded', attempts: 2, event_ids: [expect.any(String)] });
    }
  });

  it('is left alone for a minute, by whoever tries it', async () => {
    const [young, old] = [await leave({ age: '50 seconds' }), await leave()];
    other = await startApp(SECRET, app.database);
    await Promise.all([round(), round(other)]);
    expect(await show(young)).toMatchObject({ outcome: 'received', attempts: 1 });
    expect(await show(old)).toMatchObject({ outcome: 'recorded', attempts: 2 });
  });

  it('is not taken from the request that is deciding it, however long that takes', async () => {
    const translate = app.app.get(DeliveryTranslator).translate.bind(app.app.get(DeliveryTranslator));
    translating().mockImplementationOnce(async (...of) => {
      const { items } = await read<{ items: { id: string }[] }>(app, '/webhook-deliveries?outcome=received');
      await makeOlder(items[0]?.id ?? '');
      await round();
      return translate(...of);
    });
    const { status } = await new GithubSender(app.url).send('pull_request', aPullRequest('opened'));
    const { items } = await read<{ items: object[] }>(app, '/webhook-deliveries');
    expect([status, items]).toMatchObject([200, [{ outcome: 'recorded', attempts: 1 }]]);
  });

  it('is not taken from another instance that goes on saying that it is at it', async () => {
    const id = await leave();
    await app.app.get(DeliveryLog).renew([id]);
    await round();
    expect(await show(id)).toMatchObject({ outcome: 'received', attempts: 1 });
  });

  it('tells of no more than the key that sent it may, though that is revoked', async () => {
    const { id: limited_key } = await aKey(app, { pipelines: ['mine'] });
    const sent = { source: 'alertmanager', limited_key };
    const [mine, yours] = [
      await leave({ ...sent, body: anAlertOf('mine') }),
      await leave({ ...sent, body: anAlertOf('yours') }),
    ];
    const nobodys = await leave({ ...sent, limited_key: randomUUID(), body: anAlertOf('mine') });
    expect((await app.request('DELETE', `/api-keys/${limited_key}`)).status).toBe(204);
    await round();
    expect(await show(mine)).toMatchObject({ outcome: 'recorded', pipelines: ['mine'] });
    for (const id of [yours, nobodys]) {
      expect(await show(id)).toMatchObject({ outcome: 'refused', reason: 'other_pipelines', event_ids: [] });
    }
  });

  it('has failed if nothing reads its source any more', async () => {
    const id = await leave({ source: 'hooks/gone' });
    await round();
    expect(await show(id)).toMatchObject({ outcome: 'failed', reason: 'source_unknown' });
  });
});

describe('a delivery that ends the process', () => {
  /** What the database has of its attempts while it is read. */
  let counted: unknown[];
  beforeEach(() => {
    counted = [];
  });

  /** Whoever reads it does not come to an end, and nobody is told. */
  function poison(): void {
    translating().mockImplementation(async () => {
      const [row] = await app.dataSource.query<{ attempts: number }[]>(
        'SELECT attempts FROM devopstic.webhook_deliveries',
      );
      counted.push(row?.attempts);
      throw new Error('the process ended');
    });
  }

  it('is tried three times, each counted beforehand, and then has failed until it is replayed', async () => {
    poison();
    const [github, delivery] = [new GithubSender(app.url), randomUUID()];
    const send = () => github.send('pull_request', aPullRequest('opened'), { delivery });
    expect((await send()).status).toBe(500);
    const { items } = await read<{ items: { id: string }[] }>(app, '/webhook-deliveries');
    const id = items[0]?.id ?? '';
    for (let i = 0; i < 4; i++) {
      await makeOlder(id);
      await round();
    }
    expect(counted).toEqual([1, 2, 3]);
    expect(await show(id)).toMatchObject({ outcome: 'failed', reason: 'gave_up', attempts: 3 });
    expect(await send()).toMatchObject({ status: 202, body: { outcome: 'failed', reason: 'gave_up' } });
    expect(counted).toHaveLength(3);
    const replayed = await app.request('POST', `/webhook-deliveries/${id}/replay`);
    expect(await replayed.json()).toMatchObject({ outcome: 'recorded', reason: null, error: null });
  });

  it('is tried no more often if it is sent again and again', async () => {
    poison();
    const [github, delivery] = [new GithubSender(app.url), randomUUID()];
    const send = () => github.send('pull_request', aPullRequest('opened'), { delivery });
    const answers = [await send(), await send(), await send(), await send()];
    expect(answers.map(({ status }) => status)).toEqual([500, 500, 500, 503]);
    expect(answers[3]?.retry_after).toBe('60');
    expect(counted).toEqual([1, 2, 3]);
  });
});

describe('a database that goes away while a delivery is decided', () => {
  const away = () => Promise.reject(Object.assign(new Error('terminating connection'), { code: '57P01' }));

  it('costs it no attempt, and holds up no other', async () => {
    const [first, second] = [await leave(), await leave({ body: aPullRequest('opened', { number: 2 }) })];
    translating().mockImplementationOnce(away);
    await round();
    expect(await show(first)).toMatchObject({ outcome: 'received', attempts: 1 });
    expect(await show(second)).toMatchObject({ outcome: 'recorded', attempts: 2 });
    await makeOlder(first);
    await round();
    expect(await show(first)).toMatchObject({ outcome: 'recorded', attempts: 2 });
  });

  it('leaves undecided what repeats another one, of which only the first of two attempts came to an end', async () => {
    const github = new GithubSender(app.url);
    expect((await github.send('pull_request', aPullRequest('opened'))).status).toBe(200);
    const translate = app.app.get(DeliveryTranslator).translate.bind(app.app.get(DeliveryTranslator));
    const again = randomUUID();
    translating().mockImplementationOnce(translate).mockImplementationOnce(away);
    expect((await github.send('pull_request', aPullRequest('opened'), { delivery: again })).status).toBe(503);
    const { items } = await read<{ items: { id: string; delivery_id: string }[] }>(app, '/webhook-deliveries');
    const id = items.find(({ delivery_id }) => delivery_id === again)?.id ?? '';
    expect(await show(id)).toMatchObject({ outcome: 'received', reason: null, attempts: 0 });
    await makeOlder(id);
    await round();
    expect(await show(id)).toMatchObject({ outcome: 'recorded', attempts: 1, event_ids: [expect.any(String)] });
  });

  it('costs none either if that cannot be noted at once', async () => {
    const id = await leave();
    translating().mockImplementationOnce(away);
    jest.spyOn(app.app.get(DeliveryLog), 'giveBack').mockImplementationOnce(away);
    await round();
    expect(await show(id)).toMatchObject({ outcome: 'received', attempts: 2 });
    await round();
    expect(await show(id)).toMatchObject({ outcome: 'received', attempts: 1 });
  });

  it('opens again what others gave up meanwhile, and nothing that was decided', async () => {
    const [given_up, decided] = [await leave(), await leave({ body: aPullRequest('opened', { number: 2 }) })];
    await app.dataSource.query('UPDATE devopstic.webhook_deliveries SET attempts = 3 WHERE id = $1', [given_up]);
    await round();
    expect(await show(given_up)).toMatchObject({ outcome: 'failed', reason: 'gave_up', attempts: 3 });
    await app.app.get(DeliveryLog).giveBack([given_up, decided]);
    expect(await show(given_up)).toMatchObject({ outcome: 'received', reason: null, error: null, attempts: 2 });
    expect(await show(decided)).toMatchObject({ outcome: 'recorded', attempts: 2 });
    await makeOlder(given_up);
    await round();
    expect(await show(given_up)).toMatchObject({ outcome: 'recorded', attempts: 3 });
  });

  it('is told to who sends it, to whom it costs none', async () => {
    translating().mockImplementation(away);
    const [github, delivery] = [new GithubSender(app.url), randomUUID()];
    const send = async () => (await github.send('pull_request', aPullRequest('opened'), { delivery })).status;
    expect([await send(), await send(), await send(), await send()]).toEqual([503, 503, 503, 503]);
    jest.restoreAllMocks();
    expect(await send()).toBe(200);
  });
});
