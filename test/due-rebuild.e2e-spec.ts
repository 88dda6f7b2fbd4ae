import { jest } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Client } from 'pg';
import type { DatabaseConfig } from '../src/config/config.js';
import { DueRebuild } from '../src/events/due-rebuild.js';
import { createDatabase, dropDatabase, startApp, type TestApp } from './support/app.js';
import { aClient } from './support/postgres.js';
import { commit, tell } from './support/telling.js';

const STEP = '(text, timestamptz, text, integer)';

let database: DatabaseConfig;
let client: Client;
let app: TestApp;

beforeEach(async () => {
  database = await createDatabase();
  client = await aClient(database);
  app = await startApp({}, database);
});
afterEach(async () => {
  await client.end();
  await dropDatabase(database);
});

const makeDue = () =>
  client.query(`INSERT INTO devopstic.settings (name, value) VALUES ('rebuild_due', '["bot_authors"]')`);
const isDue = async (): Promise<boolean> =>
  (await client.query(`SELECT FROM devopstic.settings WHERE name = 'rebuild_due'`)).rowCount === 1;
const rename = (from: string, to: string) => client.query(`ALTER FUNCTION devopstic.${from}${STEP} RENAME TO ${to}`);

it('a rebuild of a large pipeline is broken off by a stop, changes nothing, and is due still', async () => {
  const events = Array.from({ length: 4500 }, (_, index) => commit('03-02 08:00', `c${index}`));
  await tell(app, 'shop', events);
  await rename('project_stored', 'project_some');
  await client.query('CREATE SEQUENCE devopstic.steps');
  await client.query(`
    CREATE FUNCTION devopstic.project_stored(pipeline text, after_at timestamptz, after_id text, most int)
    RETURNS TABLE (events int, last_at timestamptz, last_id text)
    LANGUAGE plpgsql
    AS $$
    BEGIN
      PERFORM nextval('devopstic.steps'), pg_sleep(0.3);
      RETURN QUERY SELECT s.* FROM devopstic.project_some(pipeline, after_at, after_id, most) AS s;
    END
    $$`);
  const steps = async (): Promise<number> => {
    const { rows } = await client.query<{ steps: number }>(
      'SELECT CASE WHEN is_called THEN last_value ELSE 0 END::int AS steps FROM devopstic.steps',
    );
    return rows[0]?.steps ?? 0;
  };
  await makeDue();
  while ((await steps()) === 0) await sleep(50);
  await app.close();
  // All would be five, and one that finds nothing more.
  expect(await steps()).toBeLessThan(4);
  expect(await isDue()).toBe(true);
  const { rows } = await client.query('SELECT count(*)::int AS commits FROM devopstic.commits');
  expect(rows).toEqual([{ commits: events.length }]);
});

it('that it is not known whether a rebuild is due is told once until it is known again', async () => {
  await tell(app, 'shop', [commit('03-02 08:00', 'c1')]);
  const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  const told = () => warned.mock.calls.filter(([message]) => String(message).startsWith('Whether a rebuild is due'));
  const due = app.app.get(DueRebuild);
  for (const times of [1, 2]) {
    // As a newer version does that is being started: this one is away from its database then.
    await rename('project_stored', 'missing');
    await makeDue();
    for (let i = 0; i < 3; i++) await due.look();
    expect(told()).toHaveLength(times);
    await rename('missing', 'project_stored');
    while (await isDue()) await due.look();
  }
  warned.mockRestore();
  await app.close();
});
