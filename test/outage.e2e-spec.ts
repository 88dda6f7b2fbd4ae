import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import * as fc from 'fast-check';

import { startApp } from './support/app.js';
import type { TestApp } from './support/app.js';
import { random, shuffled } from './support/arrival.js';
import { comparable, dump, factsOf } from './support/dump.js';
import { histories } from './support/history.js';
import type { ModelEvent } from './support/model/event.js';
import { facts } from './support/model/facts.js';
import { startPostgres } from './support/postgres.js';
import type { TestPostgres } from './support/postgres.js';
import { parameters } from './support/properties.js';

// As of all that make a PostgreSQL of their own.
jest.setTimeout(120_000);

const SENDERS = 6;
const HISTORIES = 40;

interface Refusal {
  status: number;
  retryAfter: string | null;
  type: string | null;
}

describe('while Postgres stops and starts under load', () => {
  let postgres: TestPostgres;
  let app: TestApp;
  const acknowledged = new Set<string>();
  const refusals: Refusal[] = [];

  beforeAll(async () => {
    // What was answered has to outlive a crash of the server.
    postgres = await startPostgres({ fsync: 'off', synchronous_commit: 'on' });
    app = await startApp({}, postgres.database);
  });
  afterAll(async () => {
    await app.close();
    await postgres.remove();
  });

  /** Sends each event until it is acknowledged, as a good sender does. */
  async function sendAll(events: ModelEvent[]): Promise<void> {
    for (const event of events) {
      for (;;) {
        const response = await app.request('POST', '/events', { body: event });
        await response.arrayBuffer();
        if (response.status === 200 || response.status === 201) break;
        refusals.push(refusalOf(response));
        await sleep(50);
      }
      acknowledged.add(keyOf(event));
    }
  }

  async function until(reached: () => boolean): Promise<void> {
    while (!reached()) await sleep(5);
  }

  /** As a crash: no connection ends in order, nothing is written down. */
  async function crash(): Promise<void> {
    const [found] = await app.dataSource.query<{ data_directory: string }[]>('SHOW data_directory');
    const [pid] = readFileSync(join(found!.data_directory, 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(pid), 'SIGQUIT');
  }

  async function outage(stop: () => Promise<void>, start: () => Promise<void>): Promise<void> {
    const before = refusals.length;
    await stop();
    await until(() => refusals.length >= before + SENDERS);
    const read = await app.request('GET', '/deployments');
    expect(refusalOf(read)).toEqual(AWAY);
    expect((await app.request('GET', '/health/ready')).status).toBe(503);
    expect((await app.request('GET', '/health')).status).toBe(200);
    await start();
  }

  it('refuses with 503 and when to come back, goes on by itself, and loses and doubles nothing', async () => {
    const events = crowd();
    const sending = Promise.all(
      Array.from({ length: SENDERS }, (_, sender) =>
        sendAll(events.filter((_event, index) => index % SENDERS === sender)),
      ),
    );
    await until(() => acknowledged.size > events.length * 0.2);
    await outage(
      () => postgres.stop(),
      () => postgres.start(),
    );
    await until(() => acknowledged.size > events.length * 0.6);
    await outage(crash, () => postgres.start());
    await sending;

    for (const refusal of refusals) expect(refusal).toEqual(AWAY);
    const stored: { key: string }[] = await app.dataSource.query(
      `SELECT pipeline_id || ' ' || id AS key FROM devopstic.events ORDER BY key`,
    );
    expect(stored.map((event) => event.key).toSorted()).toEqual([...acknowledged].toSorted());
    const rows = await dump(app.dataSource, '');
    expect(factsOf(rows)).toEqual(comparable(facts(events)));
    expect(rows.pipelines!.reduce((sum, pipeline) => sum + Number(pipeline.events), 0)).toBe(events.length);
  });
});

const AWAY = {
  status: 503,
  retryAfter: expect.stringMatching(/^\d+$/),
  type: expect.stringMatching(/^application\/problem\+json/),
};

function refusalOf(response: Response): Refusal {
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    type: response.headers.get('content-type'),
  };
}

const keyOf = (event: ModelEvent): string => `${event.pipeline_id} ${event.id}`;

function crowd(): ModelEvent[] {
  const { seed } = parameters(1);
  const events = fc.sample(histories, { numRuns: HISTORIES, seed }).flatMap((history, index) =>
    history.map((event) => ({
      ...event,
      id: `${event.id}.${index}`,
      pipeline_id: `${event.pipeline_id}${index % 8}`,
    })),
  );
  return shuffled(events, random(seed));
}
