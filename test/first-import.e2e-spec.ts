import { Client } from 'pg';
import type { DatabaseConfig } from '../src/config/config.js';
import { connectionOptions } from '../src/database/connection.js';
import type { EventBody, NewEvent } from '../src/events/event.js';
import { readEvent } from '../src/events/event.reader.js';
import { createDatabase, dropDatabase } from './support/app.js';

const START = Date.parse('2024-01-01T00:00:00Z');
const EVENTS_AT_ONCE = 500;
/** One event takes 5 to 16, whatever is there beside it. */
const MOST_ROWS_AN_EVENT = 25;

interface Past {
  commits: EventBody[];
  deployments: EventBody[];
}

/** Some commits and what became of them: of every two one is merged from a pull request; every tenth is deployed. */
function past(pipeline_id: string, commits: number): Past {
  const numbers = Array.from({ length: commits / 2 }, (_, index) => index + 1);
  return {
    commits: numbers.flatMap((number) => landed(pipeline_id, number)),
    deployments: numbers.flatMap((number) => deployed(pipeline_id, number)),
  };
}

const at = (number: number, minutes: number): string =>
  new Date(START + (number * 30 + minutes) * 60_000).toISOString();
const sha = (kind: 'head' | 'merge', number: number): string => `${kind}${number}`.padEnd(40, '0');

function landed(pipeline_id: string, number: number): EventBody[] {
  const [before, head, merge] = [sha('merge', number - 1), sha('head', number), sha('merge', number)];
  const commit = { type: 'commit', pipeline_id, author: 'ada', landed_at: at(number, 5), landed_head: merge } as const;
  const reviewed = { pipeline_id, pull_request_id: number, commit_id: head } as const;
  return [
    { ...commit, commit_id: head, parents: [before], timestamp: at(number, 0) },
    { ...reviewed, type: 'submit', timestamp: at(number, 1) },
    ...(number % 3 === 0
      ? [{ ...reviewed, type: 'review', status: 'success', author: 'eve', timestamp: at(number, 2) } as const]
      : []),
    { ...commit, commit_id: merge, parents: [before, head], timestamp: at(number, 5) },
    { type: 'approve', pipeline_id, pull_request_id: number, commit_id: merge, timestamp: at(number, 5) },
  ];
}

/** Some fail; some cause an incident, which blames it, its commit or nothing. */
function deployed(pipeline_id: string, number: number): EventBody[] {
  if (number % 5 !== 0) return [];
  const place = { pipeline_id, environment: 'production', commit_id: sha('merge', number) } as const;
  const incident = { type: 'incident_status_change', pipeline_id, incident_id: `i${number}` } as const;
  const blamed = [{ deployment_id: `d${number}` }, { commit_id: place.commit_id }, {}][(number / 15) % 3];
  const status = number % 20 === 0 ? 'failure' : 'success';
  return [
    { ...place, type: 'deploy', deployment_id: `d${number}`, status, timestamp: at(number, 9) },
    ...(number % 15 === 0
      ? [
          { ...incident, ...blamed, status: 'failure', timestamp: at(number, 10) } as const,
          { ...incident, status: 'success', timestamp: at(number, 20) } as const,
        ]
      : []),
  ];
}

const small = (count: number): Past[] => Array.from({ length: count }, (_, index) => past(`small-${index}`, 10));

describe('the first events of a database', () => {
  let database: DatabaseConfig;
  let client: Client;
  beforeEach(async () => {
    database = await createDatabase();
    client = await connect();
    // The worst that statistics can say: every plan is made for tables without rows, and kept.
    await client.query('ANALYZE');
  });
  afterEach(async () => {
    await client.end();
    await dropDatabase(database);
  });

  async function connect(): Promise<Client> {
    const made = new Client(connectionOptions(database));
    await made.connect();
    return made;
  }

  async function record(told: readonly EventBody[]): Promise<void> {
    for (let from = 0; from < told.length; from += EVENTS_AT_ONCE) {
      const batch = told.slice(from, from + EVENTS_AT_ONCE).map(newEvent);
      const values = [[...new Set(batch.map((event) => event.pipeline_id))], JSON.stringify(batch)];
      await client.query({ name: 'record', text: 'SELECT count(*) FROM devopstic.record($1, $2)', values });
    }
  }

  async function rebuild(pipeline_id: string): Promise<void> {
    let after: [string, string] = ['-infinity', ''];
    for (;;) {
      const { rows } = await client.query<{ events: number; last_at: string; last_id: string }>(
        'SELECT events, last_at::text, last_id FROM devopstic.project_stored($1, $2, $3, 1000)',
        [pipeline_id, ...after],
      );
      const [step] = rows;
      if (!step?.events) return;
      after = [step.last_at, step.last_id];
    }
  }

  /** The rows that indexes and tables hand out while something is done. */
  async function rowsOf(act: () => Promise<void>): Promise<number> {
    const before = await handedOut();
    await act();
    return (await handedOut()) - before;
  }

  async function handedOut(): Promise<number> {
    await client.query('SELECT pg_stat_force_next_flush()');
    const { rows } = await client.query<{ rows: number }>(`
      SELECT (
        (SELECT sum(i.idx_tup_read) FROM pg_stat_user_indexes AS i WHERE i.schemaname = 'devopstic')
        + (SELECT sum(t.seq_tup_read) FROM pg_stat_user_tables AS t WHERE t.schemaname = 'devopstic'))::float8 AS rows`);
    return rows[0]?.rows ?? 0;
  }

  it.each<[string, () => EventBody[]]>([
    ['commits first, deployments after', () => inTurn([past('one', 2000)])],
    ['deployments first, commits after', () => inTurn([past('one', 2000)], 'deployments')],
    ['10,000 commits of one pipeline, as they happened', () => asItHappened([past('one', 10_000)])],
    ['500 small pipelines, one after the other', () => small(500).flatMap((one) => inTurn([one]))],
    ['500 small pipelines at once, commits first', () => inTurn(small(500))],
    ['backwards', () => asItHappened([past('one', 2000)]).toReversed()],
  ])('are looked up, never searched: %s', async (_, told) => {
    const events = told();
    expect((await rowsOf(() => record(events))) / events.length).toBeLessThan(MOST_ROWS_AN_EVENT);
    expect((await rowsOf(() => record(events))) / events.length).toBeLessThan(MOST_ROWS_AN_EVENT);
  });

  it('are looked up also when statistics were taken of commits alone, and of many small pipelines', async () => {
    await record(small(500).flatMap(({ commits }) => commits));
    await client.query('ANALYZE');
    const events = inTurn([past('large', 2000)]);
    expect((await rowsOf(() => record(events))) / events.length).toBeLessThan(MOST_ROWS_AN_EVENT);
  });

  it('are looked up when they are derived again', async () => {
    const events = asItHappened([past('one', 2000)]);
    await record(events);
    expect((await rowsOf(() => rebuild('one'))) / events.length).toBeLessThan(MOST_ROWS_AN_EVENT);
  });
});

function inTurn(pasts: Past[], first: 'commits' | 'deployments' = 'commits'): EventBody[] {
  const [commits, deployments] = [pasts.flatMap((one) => one.commits), pasts.flatMap((one) => one.deployments)];
  return first === 'commits' ? [...commits, ...deployments] : [...deployments, ...commits];
}

function asItHappened(pasts: Past[]): EventBody[] {
  return inTurn(pasts).toSorted((one, other) => String(one.timestamp).localeCompare(String(other.timestamp)));
}

function newEvent(body: EventBody): NewEvent {
  const read = readEvent(body, new Date());
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return read.event;
}
