import { startApp, type TestApp } from './support/app.js';

describe('the schema', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await startApp();
  });
  afterAll(() => service.close());

  it('is made by the migrations as the entities describe it', async () => {
    const { upQueries } = await service.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('holds every closed set of values as its entity does, which are compared by the names of their constraints only', async () => {
    const constraints = await service.dataSource.query<{ name: string; said: string; valid: boolean }[]>(`
      SELECT c.conname AS name, pg_get_constraintdef(c.oid) AS said, c.convalidated AS valid
      FROM pg_constraint AS c
      WHERE c.connamespace = 'devopstic'::regnamespace AND c.contype = 'c'`);
    const values = (text: string): string[] => [...text.matchAll(/'([^']*)'/g)].map(([, value = '']) => value);
    const checks = service.dataSource.entityMetadatas.flatMap((entity) => entity.checks);
    const expected = checks.map(({ name, expression }) => [name, values(expression), true]);
    expect(constraints.map(({ name, said, valid }) => [name, values(said), valid]).toSorted()).toEqual(
      expected.toSorted(),
    );
    expect(expected.map(([name]) => name)).toEqual(
      expect.arrayContaining(['events_type_check', 'incidents_state_check']),
    );
  });

  it('takes no value that is not in its set', async () => {
    const event = (type: string, status: string): Promise<unknown> =>
      service.dataSource.query(
        `INSERT INTO devopstic.events (pipeline_id, id, type, status, occurred_at, time_inferred, received_at, content_hash)
         VALUES ('shop', gen_random_uuid()::text, $1, $2, now(), false, now(), '')`,
        [type, status],
      );
    await event('commit', 'success');
    await expect(event('comit', 'success')).rejects.toThrow('events_type_check');
    await expect(event('commit', 'passed')).rejects.toThrow('events_status_check');
  });
});
