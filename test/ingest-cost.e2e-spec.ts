import type { EventBody } from '../src/events/event.js';
import { readEvent } from '../src/events/event.reader.js';
import { startApp, type TestApp } from './support/app.js';

const START = Date.parse('2025-01-01T00:00:00Z');

/** A pull request merged by a push, and deployed; every seventh deployment is the cause of an incident. */
function change(pipeline_id: string, number: number): EventBody[] {
  const at = (minutes: number): string => new Date(START + (number * 60 + minutes) * 60_000).toISOString();
  const [head, merged] = [`head-${number}`, `merged-${number}`];
  const landing = { landed_at: at(2), landed_head: merged, parents: [`merged-${number - 1}`] };
  const of_pull_request = { pipeline_id, pull_request_id: number };
  const incident = { pipeline_id, type: 'incident_status_change', incident_id: `i${number}` } as const;
  return [
    { pipeline_id, type: 'commit', commit_id: head, timestamp: at(0) },
    { ...of_pull_request, type: 'submit', commit_id: head, timestamp: at(1) },
    { ...of_pull_request, type: 'approve', commit_id: merged, timestamp: at(2) },
    { pipeline_id, type: 'commit', commit_id: merged, timestamp: at(2), ...landing },
    { pipeline_id, type: 'deploy', environment: 'production', commit_id: merged, status: 'success', timestamp: at(3) },
    ...(number % 7 === 0
      ? ([
          { ...incident, status: 'failure', timestamp: at(4) },
          { ...incident, status: 'success', timestamp: at(5) },
        ] as const)
      : []),
  ];
}

describe('recording one more change', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  async function send(pipeline_id: string, changes: number): Promise<void> {
    const events = Array.from({ length: changes }, (_, index) => change(pipeline_id, index + 1)).flat();
    const answer = await app.request('POST', '/events/batch', { body: events });
    expect(await answer.json()).toMatchObject({ accepted: events.length });
  }

  /** Blocks of the database that are looked at; nothing is kept. */
  async function blocksRead(pipeline_id: string, number: number): Promise<number> {
    const batch = change(pipeline_id, number).map((body) => {
      const read = readEvent(body, new Date());
      if ('errors' in read) throw new Error(JSON.stringify(read.errors));
      return read.event;
    });
    const runner = app.dataSource.createQueryRunner();
    await runner.startTransaction();
    try {
      // Twice: the first also reads the catalogue, to plan.
      const explain = 'EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT devopstic.record($1, $2)';
      await runner.query('SAVEPOINT before');
      await runner.query(explain, [[pipeline_id], JSON.stringify(batch)]);
      await runner.query('ROLLBACK TO before');
      const [row] = (await runner.query(explain, [[pipeline_id], JSON.stringify(batch)])) as [Explained];
      const plan = row['QUERY PLAN'][0].Plan;
      return plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }

  it('costs as much on a pipeline of thousands as on one of a few', async () => {
    await send('few', 14);
    await send('thousands', 1400);
    // As before the first ANALYZE, when all indexes that start alike look equally good.
    await app.dataSource.query(`DELETE FROM pg_statistic WHERE starelid IN (
      SELECT c.oid FROM pg_class AS c WHERE c.relnamespace = 'devopstic'::regnamespace)`);
    await app.dataSource.query(`UPDATE pg_class SET reltuples = -1 WHERE relnamespace = 'devopstic'::regnamespace`);
    const [few, many] = [await blocksRead('few', 21), await blocksRead('thousands', 1407)];
    // Indexes are a level or two deeper; a single scan of the pipeline would be hundreds of blocks.
    expect(many).toBeLessThan(few * 1.5);
  });
});

interface Explained {
  'QUERY PLAN': [{ Plan: { 'Shared Hit Blocks': number; 'Shared Read Blocks': number } }];
}
