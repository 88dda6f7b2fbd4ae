import { STORED_FIELDS } from '../src/events/event.fields.js';
import { startApp, type TestApp } from './support/app.js';

const TYPES = { text: 'text', list: 'ARRAY', integer: 'bigint', flag: 'boolean', time: 'timestamp with time zone' };

interface Column {
  name: string;
  type: string;
  nullable: boolean;
}

describe('the table of events', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('has a column for each field that is told, and none besides but the hash of the content', async () => {
    const columns = await app.dataSource.query<Column[]>(`
      SELECT column_name AS name, data_type AS type, is_nullable = 'YES' AS nullable
      FROM information_schema.columns
      WHERE table_schema = 'devopstic' AND table_name = 'events'`);
    const fields = STORED_FIELDS.map(({ column, kind, always }) => ({
      name: column,
      type: TYPES[kind],
      nullable: !always,
    }));
    const byName = (all: Column[]) => all.toSorted((a, b) => a.name.localeCompare(b.name));
    expect(byName(columns)).toEqual(byName([...fields, { name: 'content_hash', type: 'text', nullable: false }]));
  });
});
