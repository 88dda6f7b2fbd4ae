import { METRIC_NAMES as ON_THE_PAGE } from '../src/dashboard/page/figures/metrics.js';
import type { Columns } from '../src/metrics/catalogue/column.js';
import type { MetricEntry } from '../src/metrics/catalogue/entry.js';
import { METRIC_NAMES, type Metric, METRICS } from '../src/metrics/catalogue/metrics.js';
import { REASONS } from '../src/metrics/catalogue/reasons.js';
import { startApp, type TestApp } from './support/app.js';
import { readDashboards } from './support/dashboards.js';
import { readDocument, section } from './support/documents.js';
import { withMetrics } from './support/metrics-doc.js';

/** The result columns of a function in schema `reporting`, and the parts of those that are made of several. */
const COLUMNS = `
  SELECT concat_ws('.', a.name, b.attname) AS name, format_type(COALESCE(b.atttypid, a.type), NULL) AS type
  FROM pg_proc AS p
  CROSS JOIN LATERAL unnest(p.proargnames, p.proallargtypes, p.proargmodes) WITH ORDINALITY AS a (name, type, mode, place)
  JOIN pg_type AS t ON t.oid = a.type
  LEFT JOIN pg_attribute AS b ON b.attrelid = t.typrelid AND b.attnum > 0
  WHERE p.pronamespace = 'reporting'::regnamespace AND p.proname = $1 AND a.mode = 't'
  ORDER BY a.place, b.attnum`;

const PARAMETERS = `
  SELECT a.name
  FROM pg_proc AS p
  CROSS JOIN LATERAL unnest(p.proargnames) WITH ORDINALITY AS a (name, place)
  WHERE p.pronamespace = 'reporting'::regnamespace AND p.proname = $1 AND a.place <= p.pronargs`;

const TYPES = {
  count: 'integer',
  per_day: 'double precision',
  ratio: 'double precision',
  seconds: 'double precision',
  word: 'text',
  flag: 'boolean',
};

/** Every column by its path, and every part of one. */
function flat(columns: Columns, above = ''): [string, string][] {
  return Object.entries(columns).flatMap(([name, { unit, parts }]): [string, string][] =>
    unit === 'parts' ? flat(parts ?? {}, `${above}${name}.`) : [[above + name, TYPES[unit]]],
  );
}

const pathsOf = (name: Metric): string[] => flat(METRICS[name].columns).map(([path]) => path);
const entryOf = (name: Metric): MetricEntry => METRICS[name];

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

async function names(sql: string, name: string): Promise<string[]> {
  const rows = await app.dataSource.query<{ name: string }[]>(sql, [name]);
  return rows.map((row) => row.name);
}

const textOf = async (path: string, accept = '*/*'): Promise<string> =>
  (await app.request('GET', path, { headers: { accept } })).text();

describe.each(METRIC_NAMES)('%s', (name) => {
  it('has the columns of its function, in their order and of their types', async () => {
    const told = await app.dataSource.query<{ name: string; type: string }[]>(COLUMNS, [name]);
    expect(told.map((column) => [column.name, column.type])).toEqual([
      ['pipeline_id', 'text'],
      ['bucket_start', 'timestamp with time zone'],
      ['bucket_end', 'timestamp with time zone'],
      ...flat(METRICS[name].columns),
    ]);
  });

  it('takes what its functions take', async () => {
    const { level, bots } = entryOf(name);
    const [taken, explained] = [await names(PARAMETERS, name), await names(PARAMETERS, `${name}_explained`)];
    expect([taken.includes('benchmark'), taken.includes('bots')]).toEqual([level !== null, bots]);
    expect('level' in METRICS[name].columns).toBe(level !== null);
    expect([explained.length > 0, explained.includes('bots')]).toEqual([true, bots]);
  });
});

describe('the catalogue has the same as', () => {
  it('the functions of the database', async () => {
    const rows = await app.dataSource.query<{ name: string }[]>(
      `SELECT regexp_replace(p.proname, '_explained$', '') AS name
       FROM pg_proc AS p
       WHERE p.pronamespace = 'reporting'::regnamespace AND p.proname LIKE '%\\_explained'`,
    );
    expect(rows.map((row) => row.name).toSorted()).toEqual(METRIC_NAMES.toSorted());
  });

  it('an answer, as JSON and as CSV', async () => {
    const summary = JSON.parse(await textOf('/dora/summary')) as Record<string, object>;
    const [head = ''] = (await textOf('/dora/summary', 'text/csv')).split('\r\n');
    const told = Object.entries(summary).filter(
      ([, value]) => typeof value === 'object' && !Array.isArray(value) && value,
    );
    expect(told.map(([name]) => name)).toEqual(METRIC_NAMES);
    expect(told.map(([name, values]) => [name, ...Object.keys(values)])).toEqual(
      METRIC_NAMES.map((name) => [name, ...Object.keys(METRICS[name].columns)]),
    );
    expect(head.split(',').filter((column) => column.includes('.'))).toEqual(
      METRIC_NAMES.flatMap((name) => pathsOf(name).map((path) => `${name}.${path}`)),
    );
  });

  it('the contract, with what each is', async () => {
    const { components, paths } = JSON.parse(await textOf('/openapi.json')) as Contract;
    const { properties } = components.schemas['SummaryView']!;
    const described = METRIC_NAMES.map((name) => [name, properties[name]?.description]);
    expect(described).toEqual(METRIC_NAMES.map((name) => [name, METRICS[name].definition]));
    const { parameters } = paths['/dora/explain']!.get;
    expect(parameters.find(({ name }) => name === 'metric')?.schema.enum).toEqual(METRIC_NAMES);
  });

  it('what Prometheus scrapes', async () => {
    const text = await textOf('/metrics');
    const told = text.split('\n').filter((line) => line.startsWith('# HELP devopstic_'));
    const due = METRIC_NAMES.flatMap((name) =>
      entryOf(name).gauges.map((gauge) => `# HELP ${gauge.name} ${gauge.help}`),
    );
    expect(told).toEqual(expect.arrayContaining(due));
    expect(METRIC_NAMES.filter((name) => METRICS[name].gauges.length === 0)).toEqual([]);
  });

  it('the page', () => {
    expect(ON_THE_PAGE.toSorted()).toEqual(METRIC_NAMES.toSorted());
  });

  it('the choice of a metric in Grafana', () => {
    const variables = readDashboards().flatMap(({ templating }) => templating.list ?? []);
    const choices = variables.filter(({ name }) => name === 'metric') as { query?: string }[];
    expect(choices.map(({ query }) => query?.split(',').toSorted())).toEqual([METRIC_NAMES.toSorted()]);
  });

  it('the reasons in doc/metrics.md', () => {
    const told = section(readDocument('doc/metrics.md'), '## Every number can be opened').matchAll(/^\| `(\w+)`/gm);
    expect([...told].map(([, reason]) => reason).toSorted()).toEqual(Object.keys(REASONS).toSorted());
  });

  it('the tables in doc/metrics.md, else run npm run metrics-doc', () => {
    const page = readDocument('doc/metrics.md');
    expect(page).toBe(withMetrics(page));
  });
});

interface Contract {
  components: { schemas: Record<string, { properties: Record<string, { description?: string }> }> };
  paths: Record<string, { get: { parameters: { name: string; schema: { enum?: string[] } }[] } }>;
}
