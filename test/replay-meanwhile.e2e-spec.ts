import { randomUUID } from 'node:crypto';
import { startApp, type TestApp } from './support/app.js';
import { aDeclaration, aPayload, HookClient, type Json } from './support/hooks.js';
import { aKey } from './support/people.js';

let app: TestApp;
let hooks: HookClient;

beforeAll(async () => {
  app = await startApp();
  hooks = new HookClient(app, (await aKey(app)).secret);
});
afterAll(() => app.close());

/** What a hook tells of `old` at first, and of `other` once it is declared anew. Their events are written in two lanes. */
interface Moved {
  name: string;
  old: string;
  other: string;
  payload: object;
}

async function moved(): Promise<Moved> {
  const run = randomUUID();
  const [old, other] = [`${run}-a`, `${run}-b`];
  const payload = aPayload({ app: old, other });
  const name = await hooks.declared(aDeclaration());
  await hooks.send(name, payload);
  await hooks.declared(aDeclaration({}, { pipeline_id: { path: '$.other' } }), name);
  return { name, old, other, payload };
}

const told = async ({ old, other }: Moved): Promise<number[]> => [
  (await hooks.events(old)).length,
  (await hooks.events(other)).length,
];

/** Until something waits for a lock that the test holds. */
async function somebodyWaits(): Promise<void> {
  for (let waiting = 0; waiting === 0;) {
    const [row] = await app.dataSource.query<{ waiting: number }[]>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    waiting = row?.waiting ?? 0;
  }
}

async function recordedBy(hook: string, payload: object): Promise<void> {
  expect(await hooks.send(hook, payload)).toMatchObject({ status: 200, body: { outcome: 'recorded' } });
}

describe('a replay', () => {
  it('leaves what a delivery told where what it tells now cannot be stored', async () => {
    const story = await moved();
    await app.dataSource.query(`
      CREATE FUNCTION devopstic.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'out of order' USING ERRCODE = '22000'; END $$`);
    await app.dataSource.query(`
      CREATE TRIGGER refuse BEFORE INSERT ON devopstic.events
      FOR EACH ROW WHEN (new.pipeline_id = '${story.other}') EXECUTE FUNCTION devopstic.refuse()`);
    const failed = { outcomes: { failed: 1 }, events: { added: 0, withdrawn: 0 }, pipelines: [] };
    expect(await hooks.replay(story.name)).toMatchObject(failed);
    expect(await told(story)).toEqual([1, 0]);
    expect(await hooks.deliveries(story.name)).toMatchObject([
      { outcome: 'recorded', pipelines: [story.old, story.other], error: expect.stringContaining('out of order') },
    ]);
    await app.dataSource.query('DROP TRIGGER refuse ON devopstic.events');
    const done = { outcomes: { recorded: 1 }, events: { added: 1, withdrawn: 1 }, pipelines: [story.old, story.other] };
    expect(await hooks.replay(story.name)).toMatchObject(done);
    expect(await told(story)).toEqual([0, 1]);
  });

  it('leaves what another delivery has come to tell since it was planned', async () => {
    const story = await moved();
    const another = await hooks.declared(aDeclaration());
    const holder = app.dataSource.createQueryRunner();
    await holder.startTransaction();
    await holder.query('INSERT INTO devopstic.pipelines (pipeline_id) VALUES ($1)', [story.other]);
    // Nothing is taken back before all that is new is stored.
    const replayed = hooks.replay(story.name);
    await somebodyWaits();
    await recordedBy(another, story.payload);
    await holder.rollbackTransaction();
    await holder.release();
    expect(await replayed).toMatchObject({ events: { added: 1, withdrawn: 0 }, pipelines: [story.other] });
    expect(await told(story)).toEqual([1, 1]);
  });

  it('loses nothing that a delivery tells which is not settled yet', async () => {
    const story = await moved();
    const another = await hooks.declared(aDeclaration());
    const lock = 61_522;
    await app.dataSource.query(`
      CREATE FUNCTION devopstic.wait() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_advisory_xact_lock(${lock}); RETURN new; END $$`);
    await app.dataSource.query(`
      CREATE TRIGGER wait BEFORE UPDATE ON devopstic.webhook_deliveries
      FOR EACH ROW WHEN (new.source = 'hooks/${another}') EXECUTE FUNCTION devopstic.wait()`);
    const holder = app.dataSource.createQueryRunner();
    await holder.query('SELECT pg_advisory_lock($1)', [lock]);
    const recorded = recordedBy(another, story.payload);
    await somebodyWaits();
    const taken: Json = { events: { added: 1, withdrawn: 1 }, pipelines: [story.old, story.other] };
    expect(await hooks.replay(story.name)).toMatchObject(taken);
    expect(await told(story)).toEqual([0, 1]);
    await holder.query('SELECT pg_advisory_unlock($1)', [lock]);
    await holder.release();
    await recorded;
    expect(await told(story)).toEqual([1, 1]);
  });
});
