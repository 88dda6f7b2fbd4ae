import { EventRecorder } from '../src/events/event-recorder.js';
import type { NewEvent, StoredEvent } from '../src/events/event.js';
import { readEvent } from '../src/events/event.reader.js';
import { startApp, type TestApp } from './support/app.js';

const COMMIT = { type: 'commit', pipeline_id: 'shop', commit_id: 'c1', timestamp: '2026-03-02T08:00:00Z' };

describe('sending events', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  async function stored(pipeline_id: string): Promise<{ id: string }[]> {
    return app.dataSource.query('SELECT id FROM devopstic.events WHERE pipeline_id = $1 ORDER BY id', [pipeline_id]);
  }

  async function newKey(body: object): Promise<string> {
    const answer = await app.request('POST', '/api-keys', { body: { name: 'ci', scopes: ['events:write'], ...body } });
    return ((await answer.json()) as { secret: string }).secret;
  }

  describe('POST /events', () => {
    it('answers 201 with the stored event, then 200 with the same', async () => {
      const first = await app.request('POST', '/events', { body: COMMIT });
      const again = await app.request('POST', '/events', { body: COMMIT });
      expect([first.status, again.status]).toEqual([201, 200]);
      const event = (await first.json()) as StoredEvent;
      expect(event).toMatchObject({ ...COMMIT, timestamp: '2026-03-02T08:00:00.000Z', status: 'success', url: null });
      expect(await again.json()).toEqual(event);
    });

    it('answers 409 to other content under a known id, and keeps the first', async () => {
      const body = { ...COMMIT, pipeline_id: 'conflict', id: 'e1' };
      await app.request('POST', '/events', { body });
      const answer = await app.request('POST', '/events', { body: { ...body, commit_id: 'c2' } });
      expect(answer.status).toBe(409);
      expect(await answer.json()).toMatchObject({ errors: [{ pointer: '/id' }] });
      const [row] = await app.dataSource.query(`SELECT commit_id FROM devopstic.events WHERE pipeline_id = 'conflict'`);
      expect(row).toEqual({ commit_id: 'c1' });
    });

    it('takes the same id in another pipeline for another event', async () => {
      for (const pipeline_id of ['one', 'two']) {
        const answer = await app.request('POST', '/events', { body: { ...COMMIT, pipeline_id, id: 'same' } });
        expect(answer.status).toBe(201);
      }
    });

    it('stores one row when the same event arrives many times at once', async () => {
      const body = { ...COMMIT, pipeline_id: 'at-once', id: 'e1' };
      const answers = await Promise.all(Array.from({ length: 20 }, () => app.request('POST', '/events', { body })));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array<number>(19).fill(200), 201]);
      expect(await stored('at-once')).toHaveLength(1);
    });

    it('has everything derived in place when it answers', async () => {
      await app.request('POST', '/events', { body: { ...COMMIT, pipeline_id: 'derived' } });
      await app.request('POST', '/events', {
        body: {
          ...COMMIT,
          pipeline_id: 'derived',
          type: 'deploy',
          environment: 'production',
          status: 'success',
          timestamp: '2026-03-02T09:00:00Z',
        },
      });
      const [row] = await app.dataSource.query(
        `SELECT total_seconds FROM devopstic.deployment_changes WHERE pipeline_id = 'derived'`,
      );
      expect(row).toEqual({ total_seconds: 3600 });
    });
  });

  describe('POST /events/batch', () => {
    const items = (pipeline_id: string) => [
      { ...COMMIT, pipeline_id, id: 'a' },
      { ...COMMIT, pipeline_id, id: 'a' },
      { ...COMMIT, pipeline_id, id: 'a', commit_id: 'other' },
      { ...COMMIT, pipeline_id, id: 'b', commit_id: 7 },
      { ...COMMIT, pipeline_id, id: 'c', commit_id: 'c3' },
    ];
    const outcome = {
      accepted: 2,
      duplicates: 1,
      rejected: 2,
      errors: [
        { index: 2, pointer: '/id' },
        { index: 3, pointer: '/commit_id' },
      ],
    };

    it('lets each item of an array stand alone', async () => {
      const answer = await app.request('POST', '/events/batch', { body: items('array') });
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject(outcome);
      expect(await stored('array')).toEqual([{ id: 'a' }, { id: 'c' }]);
    });

    async function sendLines(lines: string | Uint8Array<ArrayBuffer>) {
      return fetch(`${app.url}/events/batch`, {
        method: 'POST',
        headers: { authorization: `Bearer ${app.admin}`, 'content-type': 'application/x-ndjson' },
        body: lines,
      });
    }

    it('takes the same as NDJSON, blank lines and a missing last newline included', async () => {
      const answer = await sendLines(
        items('lines')
          .map((item) => JSON.stringify(item))
          .join('\n\r\n'),
      );
      expect(await answer.json()).toMatchObject(outcome);
      expect(await stored('lines')).toEqual([{ id: 'a' }, { id: 'c' }]);
    });

    it('names lines that are no JSON, no UTF-8 or too long, and stores the others', async () => {
      const good = Buffer.from(JSON.stringify({ ...COMMIT, pipeline_id: 'odd-lines' }));
      const lines = [Buffer.from('{"a"'), Buffer.from([0xff, 0xfe]), Buffer.alloc(1_100_000, 'x'), good];
      const answer = await sendLines(new Uint8Array(Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]))));
      expect(await answer.json()).toEqual({
        accepted: 1,
        duplicates: 0,
        rejected: 3,
        errors: [
          { index: 0, pointer: '', detail: 'is not valid JSON' },
          { index: 1, pointer: '', detail: 'is not valid UTF-8' },
          { index: 2, pointer: '', detail: expect.stringContaining('longer') },
        ],
      });
    });

    it('refuses more items than an array may have, and what is no array', async () => {
      const many = await app.request('POST', '/events/batch', { body: Array.from({ length: 10_001 }, () => 1) });
      const none = await app.request('POST', '/events/batch', { body: COMMIT });
      expect([many.status, none.status]).toEqual([400, 400]);
    });

    it('rejects only the items of other pipelines if the key is limited', async () => {
      const token = await newKey({ pipelines: ['mine'] });
      const body = ['mine', 'theirs'].map((pipeline_id) => ({ ...COMMIT, pipeline_id }));
      const answer = await app.request('POST', '/events/batch', { body, token });
      expect(await answer.json()).toMatchObject({ accepted: 1, errors: [{ index: 1, pointer: '/pipeline_id' }] });
      expect(await stored('theirs')).toEqual([]);
    });
  });

  describe('POST /webhook/{key}/events', () => {
    it('takes an event of a write key, and no other key', async () => {
      const [write, read] = [await newKey({}), await newKey({ scopes: ['metrics:read'] })];
      const post = (key: string) =>
        app.request('POST', `/webhook/${key}/events`, { body: { ...COMMIT, pipeline_id: 'by-url' }, token: null });
      const statuses = [await post(write), await post(read), await post('dvo_unknown')].map(({ status }) => status);
      expect(statuses).toEqual([201, 403, 401]);
    });
  });

  it('counts what became of events, and tells Prometheus who waits', async () => {
    const scrape = async () => {
      const text = await (await app.request('GET', '/metrics', { token: null })).text();
      const value = (name: string) =>
        Number(
          text
            .split('\n')
            .find((line) => line.startsWith(`${name} `))
            ?.slice(name.length) ?? 0,
        );
      return {
        created: value('devopstic_events_total{outcome="created"}'),
        duplicate: value('devopstic_events_total{outcome="duplicate"}'),
        rejected: value('devopstic_events_total{outcome="rejected"}'),
        waiting: value('devopstic_events_waiting'),
        idle: value('devopstic_database_connections{pool="write",state="idle"}'),
      };
    };
    const before = await scrape();
    const event = { ...COMMIT, pipeline_id: 'counted' };
    await app.request('POST', '/events/batch', { body: [event, event, { ...event, type: 'nothing' }] });
    await app.request('POST', '/events', { body: { ...event, type: 'nothing' } });
    const after = await scrape();
    expect(after).toMatchObject({
      created: before.created + 1,
      duplicate: before.duplicate + 1,
      rejected: before.rejected + 2,
      waiting: 0,
    });
    expect(after.idle).toBeGreaterThan(0);
  });

  describe('EventRecorder', () => {
    function anEvent(commit_id: string): NewEvent {
      const read = readEvent({ ...COMMIT, pipeline_id: 'recorder', commit_id }, new Date());
      if ('errors' in read) throw new Error('the event is valid');
      return read.event;
    }

    it('lets an event that the database refuses fail alone', async () => {
      const guilty = { ...anEvent('guilty'), commit_id: 'nul\0', content_hash: 'x' };
      const recorded = await app.app
        .get(EventRecorder)
        .record([anEvent('r1'), anEvent('r2'), guilty, anEvent('r3'), anEvent('r4')]);
      expect(recorded.map(({ outcome }) => outcome)).toEqual(['created', 'created', 'failed', 'created', 'created']);
    });

    it('answers 503 when too many events wait', async () => {
      const recorder = app.app.get(EventRecorder);
      const many = Array.from({ length: 20_000 }, (_, i) => anEvent(`m${i}`));
      const first = recorder.record(many);
      await expect(recorder.record([anEvent('late')])).rejects.toMatchObject({
        status: 503,
        headers: { 'Retry-After': '1' },
      });
      expect((await first).every(({ outcome }) => outcome === 'created')).toBe(true);
    });
  });
});
