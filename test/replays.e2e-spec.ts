import { jest } from '@jest/globals';
import { Rebuild } from '../src/events/rebuild.js';
import { Revisions } from '../src/events/revisions.js';
import { environmentOf, startApp, type TestApp } from './support/app.js';
import { finish } from './support/cli.js';
import { dump, DERIVED_TABLES } from './support/dump.js';
import { aCommit, aDeploymentStatus, aPullRequest, aPush, sha } from './support/github-payloads.js';
import { GITHUB_SECRET, GithubSender } from './support/github-sender.js';
import { rowCounts } from './support/row-counts.js';
import { read, sendOne } from './support/sending.js';

// It starts the program, too.
jest.setTimeout(120_000);

const SECRET = { DEVOPSTIC_GITHUB_WEBHOOK_SECRET: GITHUB_SECRET };

let app: TestApp;
/** The same service after a rule was changed: repositories have their bare names. */
let renamed: TestApp;
let github: GithubSender;

beforeEach(async () => {
  app = await startApp(SECRET);
  renamed = await startApp({ ...SECRET, DEVOPSTIC_GITHUB_PIPELINE_ID: 'name' }, app.database);
  github = new GithubSender(app.url);
});
afterEach(async () => {
  await renamed.close();
  await app.close();
});

interface Replayed {
  dry_run: boolean;
  deliveries: number;
  outcomes: Record<string, number>;
  events: { added: number; withdrawn: number };
  pipelines: string[];
  facts: Record<string, number> | null;
  changes: { pipeline_id: string; fact: string; before: object | null; after: object | null }[];
}

async function replay(service: TestApp, body: object): Promise<Replayed> {
  const response = await service.request('POST', '/webhook-deliveries/replay', { body: { dry_run: false, ...body } });
  expect(response.status).toBe(200);
  return (await response.json()) as Replayed;
}

async function tellStory(): Promise<void> {
  await github.send('deployment_status', aDeploymentStatus({ commit: 'm0', id: 1, time: '07:00' }));
  await github.send('push', aPush({ before: 'm0', commits: [aCommit('m1', { time: '08:00' })], time: '08:30' }));
  await github.send('deployment_status', aDeploymentStatus({ commit: 'm1', id: 2, time: '09:00' }));
  await github.send('ping', { zen: 'x' });
}

const pipelines = async (): Promise<string[]> => {
  const { items } = await read<{ items: { pipeline_id: string }[] }>(app, '/pipelines');
  return items.map(({ pipeline_id }) => pipeline_id);
};

const QUERY = 'from=2026-03-01&to=2026-03-04';
const NOTHING_NEW = { added: 0, withdrawn: 0 };

describe('a replay of a source after a rule changed', () => {
  beforeEach(tellStory);

  it('says in a dry run which facts would change, and changes nothing', async () => {
    const stored = [await rowCounts(app), await dump(app.dataSource, '')];
    const said = await replay(renamed, { source: 'github', dry_run: true });
    expect(said).toMatchObject({
      dry_run: true,
      deliveries: 4,
      outcomes: { recorded: 3, ignored: 1 },
      events: { added: 3, withdrawn: 3 },
      pipelines: ['acme/shop', 'shop'],
      facts: { commits: 4, deployments: 4, deployment_changes: 4, incidents: 0 },
    });
    const carried = said.changes.filter(
      ({ fact, before, after }) => fact === 'deployment_changes' && JSON.stringify([before, after]).includes(sha('m1')),
    );
    expect(carried).toMatchObject([
      { pipeline_id: 'acme/shop', before: { commit_id: sha('m1'), total_seconds: 3600 }, after: null },
      { pipeline_id: 'shop', before: null, after: { commit_id: sha('m1'), total_seconds: 3600 } },
    ]);
    expect([await rowCounts(app), await dump(app.dataSource, '')]).toEqual(stored);
  });

  it('counts in a dry run what it does not list', async () => {
    const { items } = await read<{ items: { id: string }[] }>(app, '/events?pipeline=acme/shop');
    const nobodyElse = async (): Promise<Set<string>> => new Set();
    const revision = { pipeline_id: 'acme/shop', added: [], withdrawn: items.map(({ id }) => id) };
    for (const most of [3, 1, 0]) {
      const { withdrawn, rows, changes } = await app.app.get(Revisions).preview(revision, nobodyElse, most);
      expect(withdrawn).toBe(items.length);
      expect(rows).toEqual({ commits: 2, deployments: 2, deployment_changes: 2, incidents: 0 });
      expect(changes).toHaveLength(most);
    }
  });

  it('is as if the rule had always been so, and done again changes nothing', async () => {
    const before = await read<object>(app, `/dora/summary?pipeline=acme/shop&${QUERY}`);
    const done = await replay(renamed, { source: 'github' });
    expect(done).toMatchObject({ dry_run: false, events: { added: 3, withdrawn: 3 }, facts: null, changes: [] });
    expect(await pipelines()).toEqual(['shop']);
    expect(await read(app, `/dora/summary?pipeline=shop&${QUERY}`)).toEqual({ ...before, pipelines: ['shop'] });
    const left = await dump(app.dataSource, 'acme/');
    expect(DERIVED_TABLES.filter((table) => table !== 'pipelines').flatMap((table) => left[table])).toEqual([]);
    for await (const { differing } of app.app.get(Rebuild).all()) expect(differing).toEqual({});
    expect(await replay(renamed, {})).toMatchObject({ deliveries: 4, events: NOTHING_NEW });
  });

  it('of a source that there is none of is refused, and not taken for nothing to do', async () => {
    const body = { source: 'githb', dry_run: true };
    const refused = await app.request('POST', '/webhook-deliveries/replay', { body });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ errors: [{ pointer: '/source' }] });
    expect(await replay(app, { source: 'gitlab' })).toMatchObject({ deliveries: 0 });
  });

  it('of one delivery is no dry run, and refuses to be taken for one', async () => {
    await tellStory();
    const { items } = await read<{ items: { id: string }[] }>(app, '/webhook-deliveries?outcome=recorded');
    const path = `/webhook-deliveries/${items[0]!.id}/replay`;
    const before = await dump(app.dataSource, '');
    const refused = await renamed.request('POST', path, { body: { dry_run: true } });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ errors: [{ pointer: '/dry_run' }] });
    expect(await dump(app.dataSource, '')).toEqual(before);
    for (const body of [undefined, {}, { dry_run: false }]) {
      expect((await app.request('POST', path, { body })).status).toBe(200);
    }
  });

  it('and of one delivery goes the same way', async () => {
    const { items } = await read<{ items: { id: string; event_name: string }[] }>(app, '/webhook-deliveries');
    const push = items.find(({ event_name }) => event_name === 'push');
    const response = await renamed.request('POST', `/webhook-deliveries/${push?.id}/replay`);
    expect(await response.json()).toMatchObject({ outcome: 'recorded', pipelines: ['shop'], attempts: 2 });
    const { items: events } = await read<{ items: { pipeline_id: string }[] }>(app, '/events?type=commit');
    expect(events.map(({ pipeline_id }) => pipeline_id)).toEqual(['shop']);
  });

  it('can be taken back by taking the rule back', async () => {
    const before = await dump(app.dataSource, 'acme/');
    await replay(renamed, {});
    await replay(app, {});
    expect(await dump(app.dataSource, 'acme/')).toEqual(before);
    expect(await pipelines()).toEqual(['acme/shop']);
  });

  it('leaves alone what another delivery still tells, and what was sent otherwise', async () => {
    await github.send('push', aPush({ before: 'm0', commits: [aCommit('m1', { time: '08:00' })], time: '08:30' }));
    await sendOne(app, {
      id: 'from a job',
      type: 'deploy',
      status: 'success',
      pipeline_id: 'acme/shop',
      environment: 'production',
      commit_id: sha('m1'),
      timestamp: '2026-03-02T10:00:00Z',
    });
    const { items } = await read<{ items: { id: string; event_name: string }[] }>(app, '/webhook-deliveries');
    const pushes = items.filter(({ event_name }) => event_name === 'push');
    expect(pushes).toHaveLength(2);
    const commits = async (): Promise<string[]> => {
      const page = await read<{ items: { pipeline_id: string }[] }>(app, '/events?type=commit');
      return page.items.map(({ pipeline_id }) => pipeline_id).toSorted();
    };
    await renamed.request('POST', `/webhook-deliveries/${pushes[0]?.id}/replay`);
    expect(await commits()).toEqual(['acme/shop', 'shop']);
    await replay(renamed, {});
    expect(await commits()).toEqual(['shop']);
    expect(await pipelines()).toEqual(['acme/shop', 'shop']);
  });
});

describe('a replay of all that failed', () => {
  it('records what can be recorded now', async () => {
    await app.dataSource.query(`
      CREATE FUNCTION devopstic.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'out of order' USING ERRCODE = '22000'; END $$`);
    await app.dataSource.query(
      `CREATE TRIGGER refuse BEFORE INSERT ON devopstic.events FOR EACH ROW EXECUTE FUNCTION devopstic.refuse()`,
    );
    await github.send('pull_request', aPullRequest('opened'));
    await github.send('pull_request', aPullRequest('opened', { number: 8, head: 'other' }));
    await github.send('ping', { zen: 'x' });
    expect(await replay(app, { outcome: 'failed' })).toMatchObject({ deliveries: 2, outcomes: { failed: 2 } });
    await app.dataSource.query(`DROP TRIGGER refuse ON devopstic.events`);
    expect(await replay(app, { outcome: 'failed' })).toMatchObject({
      deliveries: 2,
      outcomes: { recorded: 2 },
      events: { added: 2, withdrawn: 0 },
    });
    expect(await read(app, '/webhook-deliveries?outcome=failed')).toMatchObject({ items: [] });
    expect(await read(app, '/events')).toMatchObject({ count: 2 });
  });
});

describe('a replay', () => {
  it('is one at a time', async () => {
    await app.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(4613726512)');
      const { status } = await app.request('POST', '/webhook-deliveries/replay', { body: { dry_run: false } });
      expect(status).toBe(409);
    });
    expect(await replay(app, {})).toMatchObject({ deliveries: 0, outcomes: {}, events: NOTHING_NEW });
  });

  it.each([
    [{ outcome: 'good' }, '/outcome'],
    [{ source: 'a b' }, '/source'],
    [{ dry_run: 'yes' }, '/dry_run'],
    [{ from: 'yesterday' }, '/from'],
    [{ from: '2026-03-03', to: '2026-03-02' }, '/from'],
    [{ colour: 'red' }, '/colour'],
  ])('of %j is refused, naming the field', async (body, pointer) => {
    const response = await app.request('POST', '/webhook-deliveries/replay', { body: { dry_run: true, ...body } });
    expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ pointer }] }]);
  });

  it.each([undefined, null, {}, { source: 'github' }, { dry_run: null }])(
    'that does not say whether it is a dry run, as %j, is refused and changes nothing',
    async (body) => {
      await tellStory();
      const stored = await dump(app.dataSource, '');
      const response = await renamed.request('POST', '/webhook-deliveries/replay', { body });
      expect([response.status, response.headers.get('content-type'), await response.json()]).toMatchObject([
        400,
        expect.stringContaining('application/problem+json'),
        { errors: [{ pointer: '/dry_run' }] },
      ]);
      expect(await dump(app.dataSource, '')).toEqual(stored);
    },
  );
});

describe('devopstic replay', () => {
  const run = (...options: string[]) =>
    finish(['replay', '--url', renamed.url, ...options], environmentOf(app.database));

  it('has the service do it, and says what changes', async () => {
    await tellStory();
    const dry = await run('--source', 'github', '--dry-run');
    expect([dry.code, dry.stderr]).toEqual([0, '']);
    expect(dry.stdout).toContain('4 deliveries read: 3 recorded, 1 ignored.');
    expect(dry.stdout).toContain('Events would be added: 3; would be taken back: 3; pipelines: acme/shop, shop.');
    expect(dry.stdout).toContain(`+ deployments shop production 2 ${sha('m1')}`);
    expect(await pipelines()).toEqual(['acme/shop']);
    const done = await run('--json');
    expect(JSON.parse(done.stdout)).toMatchObject({ dry_run: false, events: { added: 3, withdrawn: 3 } });
    expect(await pipelines()).toEqual(['shop']);
    expect(await run('--outcome', 'good')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('outcome') as string,
    });
  });
});
