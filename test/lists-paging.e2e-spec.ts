import { startApp, type TestApp } from './support/app.js';
import { aPage, anEvent, minute, walk } from './support/lists.js';
import type { ModelEvent } from './support/model/event.js';
import { sendBatch } from './support/sending.js';

type Row = Record<string, string | null>;

const PIPELINES = Array.from({ length: 12 }, (_, n) => `p${n}`);

/** Many at one time, in several pipelines and environments; one pipeline has most of them. */
function history(): ModelEvent[] {
  return Array.from({ length: 240 }, (_, n) => {
    const pipeline_id = n % 3 === 0 ? `p${(n / 3) % PIPELINES.length}` : 'p0';
    const id = `e${(n * 7) % 240}`;
    const timestamp = minute(Math.floor(n / 5));
    const type = (['commit', 'deploy', 'incident_status_change', 'deploy'] as const)[n % 4] ?? 'commit';
    const status = type === 'deploy' ? (['success', 'failure', 'in_progress'] as const)[n % 3] : undefined;
    const environment = n % 8 < 4 ? 'production' : 'staging';
    return anEvent({
      id,
      type,
      pipeline_id,
      timestamp,
      commit_id: `c${n}`,
      ...(type === 'deploy' ? { status, environment, commits: [`never-told-${n % 10}`] } : {}),
    });
  });
}

/** Each list with the key it is sorted by, newest first; null last. */
const LISTS: Record<string, (row: Row) => (string | null | undefined)[]> = {
  '/events': (row) => [row['timestamp'], row['id'], row['pipeline_id']],
  '/commits': (row) => [row['committed_at'], row['commit_id'], row['pipeline_id']],
  '/deployments': (row) => [
    row['finished_at'] ?? row['started_at'],
    row['deployment_id'],
    row['environment'],
    row['pipeline_id'],
  ],
  '/incidents': (row) => [row['opened_at'], row['incident_id'], row['pipeline_id']],
};

const keysOf = (path: string, rows: Row[]): string[] => rows.map((row) => JSON.stringify(LISTS[path]?.(row)));

describe('paging', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
    await sendBatch(app, history());
  });
  afterAll(() => app.close());

  it.each(Object.keys(LISTS))('of %s is newest first, each row once, whatever the size of a page', async (path) => {
    const all = keysOf(path, (await aPage<Row>(app, path, { limit: 1000 })).items);
    expect(all.length).toBeGreaterThan(50);
    expect(all).toEqual(all.toSorted(newestFirst));
    expect(new Set(all).size).toBe(all.length);
    for (const limit of [1, 2, 7, 50]) {
      expect(keysOf(path, await walk<Row>(app, path, { limit }))).toEqual(all);
    }
  });

  it.each(Object.keys(LISTS))('of %s is the same when the pipelines are named', async (path) => {
    const all = keysOf(path, await walk<Row>(app, path, { limit: 9 }));
    expect(keysOf(path, await walk<Row>(app, path, { limit: 9, pipeline: PIPELINES }))).toEqual(all);
    const one = keysOf(path, await walk<Row>(app, path, { limit: 9, pipeline: 'p0' }));
    expect(one).toEqual(all.filter((key) => key.endsWith('"p0"]')));
  });

  it('of /pipelines is by name', async () => {
    const names = (await walk<Row>(app, '/pipelines', { limit: 5 })).map((row) => row['pipeline_id']);
    expect(names).toEqual(PIPELINES.toSorted());
  });

  it('lists commits that only a deployment has told of last, and not in a range of time', async () => {
    const commits = await walk<Row>(app, '/commits', { limit: 25 });
    const untimed = commits.filter((row) => row['committed_at'] === null).map((row) => row['commit_id']);
    expect(untimed).toContain('never-told-1');
    expect(commits.slice(-untimed.length).map((row) => row['commit_id'])).toEqual(untimed);
    const ranged = await walk<Row>(app, '/commits', { limit: 25, from: '2000-01-01' });
    expect(ranged).toEqual(commits.slice(0, -untimed.length));
  });

  it.each([
    ['newer', 2000],
    ['older than all', 0],
    ['as old as some', 20],
  ])('shows each row once while %s ones are added', async (_what, at) => {
    const before = await walk<Row>(app, '/events', { limit: 1000 });
    let added = 0;
    const walked = await walk<Row>(app, '/events', { limit: 11 }, async () => {
      const id = `added-${at}-${added++}`;
      await sendBatch(app, [anEvent({ id, pipeline_id: `p${added % 12}`, timestamp: minute(at), commit_id: 'c1' })]);
    });
    const known = new Set(keysOf('/events', before));
    expect(keysOf('/events', walked).filter((key) => known.has(key))).toEqual(keysOf('/events', before));
  });

  it('ends with next null on a full last page', async () => {
    const { count } = await aPage(app, '/incidents', { limit: 1000 });
    const page = await aPage(app, '/incidents', { limit: count });
    expect(page).toMatchObject({ count, limit: count, next: null });
    expect(await aPage(app, '/incidents', { pipeline: 'nobody' })).toEqual({
      items: [],
      count: 0,
      limit: 100,
      next: null,
    });
  });
});

/** Greatest first, by bytes, what has no time last. */
function newestFirst(one: string, other: string): number {
  const [a, b] = [one, other].map((key) => JSON.parse(key) as (string | null)[]);
  for (const [n, part] of (a ?? []).entries()) {
    const compared = Buffer.compare(Buffer.from(b?.[n] ?? ''), Buffer.from(part ?? ''));
    if (compared !== 0) return compared;
  }
  return 0;
}
