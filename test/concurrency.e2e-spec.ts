import * as fc from 'fast-check';

import type { DatabaseConfig } from '../src/config/config.js';
import { Rebuild } from '../src/events/rebuild.js';
import { createDatabase, dropDatabase, startApp } from './support/app.js';
import { aClient } from './support/postgres.js';
import type { TestApp } from './support/app.js';
import { batches, random, shuffled } from './support/arrival.js';
import { comparable, dump, factsOf } from './support/dump.js';
import { histories, withPrefix } from './support/history.js';
import { byTime } from './support/model/event.js';
import type { ModelEvent } from './support/model/event.js';
import { facts } from './support/model/facts.js';
import { parameters } from './support/properties.js';
import { sendBatch, sendOne } from './support/sending.js';

const SENDERS = 8;
const INSTANCES = 4;
const HISTORIES = 12;
const ROUNDS = 4;

describe('eight senders at four instances of the service on one database', () => {
  let database: DatabaseConfig;
  let apps: TestApp[];

  beforeAll(async () => {
    database = await createDatabase();
    apps = await Promise.all(Array.from({ length: INSTANCES }, () => startApp({}, database)));
  });
  afterAll(() => dropDatabase(database));

  it('leave the rows of ordered single requests, and every request is answered', async () => {
    const { seed } = parameters(1);
    for (let round = 1; round <= ROUNDS; round++) {
      const next = random(seed + round);
      const events = crowd(seed + round);
      const shares = sharesOf(events, next).map((share) => withPrefix(`${round}:`, share));
      await Promise.all(shares.map((share, index) => sendAll(apps[index % INSTANCES]!, share, random(index))));
      expect(factsOf(await dump(apps[0]!.dataSource, `${round}:`))).toEqual(comparable(facts(events)));
    }
    const events = crowd(seed + ROUNDS);
    for (const event of withPrefix('ordered:', events.toSorted(byTime)))
      expect(await sendOne(apps[0]!, event)).toBe(201);
    expect(await dump(apps[0]!.dataSource, `${ROUNDS}:`)).toEqual(await dump(apps[0]!.dataSource, 'ordered:'));
  }, 180_000);

  it('leave the same rows when a rebuild goes on meanwhile', async () => {
    const { seed } = parameters(1);
    const events = crowd(seed);
    const shares = sharesOf(events, random(seed)).map((share) => withPrefix('rebuilt:', share));
    const sending = Promise.all(shares.map((share, index) => sendAll(apps[index % INSTANCES]!, share, random(index))));
    const rebuilding = rebuildUntil(sending, 'rebuilt:');
    await Promise.all([sending, rebuilding]);
    expect(factsOf(await dump(apps[0]!.dataSource, 'rebuilt:'))).toEqual(comparable(facts(events)));
  }, 180_000);

  async function rebuildUntil(end: Promise<unknown>, prefix: string): Promise<void> {
    const progress = { ended: false };
    const stop = (): void => {
      progress.ended = true;
    };
    void end.then(stop, stop);
    while (!progress.ended)
      for (const pipeline of await pipelinesOf(prefix))
        expect(await apps[0]!.app.get(Rebuild).one(pipeline)).toMatchObject({ differing: {} });
  }

  async function pipelinesOf(prefix: string): Promise<string[]> {
    const rows: { pipeline_id: string }[] = await apps[0]!.dataSource.query(
      'SELECT pipeline_id FROM devopstic.pipelines WHERE starts_with(pipeline_id, $1)',
      [prefix],
    );
    return rows.map((row) => row.pipeline_id);
  }

  it('never wait for each other in a circle', async () => {
    // Connections report to the statistics when they end.
    await Promise.all(apps.map((app) => app.close()));
    const client = await aClient(database);
    await client.query(`SELECT pg_sleep(1)`);
    const { rows } = await client.query(
      'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
    );
    expect(rows).toEqual([{ deadlocks: 0 }]);
  });
});

/** Many histories of the same few commits, deployments and incidents, in twelve pipelines. */
function crowd(seed: number): ModelEvent[] {
  return fc.sample(histories, { numRuns: HISTORIES, seed }).flatMap((history, index) =>
    history.map((event) => ({
      ...event,
      id: `${event.id}.${index}`,
      pipeline_id: `${event.pipeline_id}${index % 6}`,
    })),
  );
}

/** Every event has a sender; some have two or three. */
function sharesOf(events: ModelEvent[], next: () => number): ModelEvent[][] {
  const shares: ModelEvent[][] = Array.from({ length: SENDERS }, () => []);
  for (const event of shuffled(events, next)) {
    const first = Math.floor(next() * SENDERS);
    shares.forEach((share, index) => {
      if (index === first || next() < 0.15) share.push(event);
    });
  }
  return shares;
}

async function sendAll(app: TestApp, events: ModelEvent[], next: () => number): Promise<void> {
  for (const batch of batches(events, next, next() < 0.5 ? 3 : 30)) {
    const [only] = batch;
    if (batch.length === 1 && only) expect([200, 201]).toContain(await sendOne(app, only));
    else expect(await sendBatch(app, batch)).toMatchObject({ rejected: 0 });
  }
}
