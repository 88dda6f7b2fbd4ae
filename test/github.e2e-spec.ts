import { randomUUID } from 'node:crypto';
import { startApp, type TestApp } from './support/app.js';
import { aCommit, aPullRequest, aPush, sha } from './support/github-payloads.js';
import { GITHUB_SECRET, GithubSender } from './support/github-sender.js';
import { githubExamples } from './support/github-examples.js';

let app: TestApp;
let github: GithubSender;

beforeAll(async () => {
  app = await startApp({ DEVOPSTIC_GITHUB_WEBHOOK_SECRET: GITHUB_SECRET });
  github = new GithubSender(app.url);
});
afterAll(() => app.close());

function rows<Row>(text: string, parameters: unknown[] = []): Promise<Row[]> {
  return app.dataSource.query<Row[]>(text, parameters);
}

async function count(table: 'events' | 'webhook_deliveries'): Promise<number> {
  const [row] = await rows<{ n: number }>(`SELECT count(*)::int AS n FROM devopstic.${table}`);
  return row?.n ?? Number.NaN;
}

const USEFUL = ['deployment_status', 'pull_request'];

describe('every example payload of GitHub', () => {
  it.each(githubExamples())('of $version is recorded, or ignored for a reason', async ({ version, examples }) => {
    const recorded = new Set<string>();
    for (const { event, payload } of examples) {
      const { status, body } = await github.send(event, payload);
      if (body.outcome === 'recorded') recorded.add(event);
      const answered = { event, status, ...body, event_ids: (body.event_ids ?? []).length > 0 };
      const told = { event, status: 200, outcome: 'recorded', event_ids: true, reason: null };
      const ignored = { event, status: event === 'ping' ? 200 : 202, outcome: 'ignored', event_ids: false };
      expect(answered).toEqual(
        body.outcome === 'recorded' ? told : { ...ignored, reason: expect.stringMatching(/^\w+$/) as string },
      );
    }
    // The Enterprise Server's push is one of a tag.
    const useful = version === 'api.github.com' ? [...USEFUL, 'push'] : USEFUL;
    expect(recorded).toEqual(new Set(useful));
  });
});

describe('a signed request', () => {
  it('is kept byte for byte', async () => {
    const raw = Buffer.from('{ "zen":\t"Ünïcode ☃ \\u2603",\r\n  "hook_id": 1.0 }\n');
    const delivery = randomUUID();
    await github.sendRaw('ping', raw, { delivery });
    const [kept] = await rows<{ body: Buffer }>(
      'SELECT body FROM devopstic.webhook_deliveries WHERE delivery_id = $1',
      [delivery],
    );
    expect(kept?.body.equals(raw)).toBe(true);
  });

  it('may be a form', async () => {
    const { status, body } = await github.send('pull_request', aPullRequest('opened', { number: 91, head: 'form' }), {
      form: true,
    });
    expect({ status, outcome: body.outcome }).toEqual({ status: 200, outcome: 'recorded' });
  });

  it.each([
    ['broken JSON', '{"action":', ''],
    ['an array', '[]', ''],
    ['nothing', '', ''],
    ['a number where a name must be', '{"repository":{"full_name":7}}', '/repository/full_name'],
    [
      'an object without what must be there',
      '{"action":"opened","repository":{"full_name":"a/b"}}',
      '/pull_request/number',
    ],
    ['a list nested without end', '['.repeat(100_000), ''],
  ])('with %s is refused as malformed, and kept', async (_what, raw, pointer) => {
    const delivery = randomUUID();
    const { status, body } = await github.sendRaw('pull_request', raw, { delivery });
    expect({ status, pointer: body.errors?.[0]?.pointer }).toEqual({ status: 400, pointer });
    const kept = await rows('SELECT outcome, reason FROM devopstic.webhook_deliveries WHERE delivery_id = $1', [
      delivery,
    ]);
    expect(kept).toEqual([{ outcome: 'refused', reason: 'malformed' }]);
  });

  it.each(['x-github-event', 'x-github-delivery'])('without %s is refused by its name', async (name) => {
    const { status, body } = await github.send('ping', {}, { headers: { [name]: undefined } });
    expect(status).toBe(400);
    expect(body.detail).toContain(name);
  });

  it('may have up to 25 MiB', async () => {
    const large = JSON.stringify({ zen: 'x'.repeat(20 * 1024 * 1024) });
    const too_large = JSON.stringify({ zen: 'x'.repeat(26 * 1024 * 1024) });
    expect((await github.sendRaw('ping', large)).status).toBe(200);
    expect((await github.sendRaw('ping', too_large)).status).toBe(413);
  });
});

describe('a redelivery', () => {
  it('changes nothing and is answered as before', async () => {
    const delivery = randomUUID();
    const payload = aPush({ before: 'm0', commits: [aCommit('again1'), aCommit('again2')] });
    const first = await github.send('push', payload, { delivery });
    expect(first.body).toMatchObject({ outcome: 'recorded', reason: null });
    expect(first.body.event_ids).toHaveLength(2);
    const [events, deliveries] = [await count('events'), await count('webhook_deliveries')];
    expect(await github.send('push', payload, { delivery })).toEqual(first);
    expect([await count('events'), await count('webhook_deliveries')]).toEqual([events, deliveries]);
  });

  it('of what was ignored or refused is answered as before too', async () => {
    for (const [event, raw] of [
      ['star', '{}'],
      ['push', '{}'],
    ] as const) {
      const delivery = randomUUID();
      const first = await github.sendRaw(event, raw, { delivery });
      const second = await github.sendRaw(event, raw, { delivery });
      expect([second.status, second.body.reason, second.body.errors]).toEqual([
        first.status,
        first.body.reason,
        first.body.errors,
      ]);
    }
  });

  it('under another id, as when a repository and its organisation have a webhook each, records nothing new', async () => {
    const payload = aPullRequest('opened', { number: 92, head: 'twice' });
    const first = await github.send('pull_request', payload);
    const events = await count('events');
    expect(await github.send('pull_request', payload)).toEqual(first);
    expect(await count('events')).toBe(events);
  });

  it('at the same time is one delivery with the same events', async () => {
    const delivery = randomUUID();
    const payload = aPush({ before: 'm0', commits: Array.from({ length: 50 }, (_, i) => aCommit(`together${i}`)) });
    const answers = await Promise.all(Array.from({ length: 8 }, () => github.send('push', payload, { delivery })));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.body.event_ids).toHaveLength(50);
    const kept = await rows(
      'SELECT outcome, cardinality(event_ids) AS events FROM devopstic.webhook_deliveries WHERE delivery_id = $1',
      [delivery],
    );
    expect(kept).toEqual([{ outcome: 'recorded', events: 50 }]);
    const told = await rows('SELECT id FROM devopstic.events WHERE landed_head = $1', [sha('together49')]);
    expect(told).toHaveLength(50);
  });

  it('of one that we were stopped in the midst of is read again', async () => {
    const delivery = randomUUID();
    const payload = aPullRequest('opened', { number: 93, head: 'stopped' });
    await rows(
      `INSERT INTO devopstic.webhook_deliveries (source, delivery_id, event_name, headers, body)
       VALUES ('github', $1, 'pull_request', '{"content-type":"application/json"}', $2)`,
      [delivery, Buffer.from(JSON.stringify(payload))],
    );
    const { status, body } = await github.send('pull_request', payload, { delivery });
    expect({ status, outcome: body.outcome }).toEqual({ status: 200, outcome: 'recorded' });
  });
});
