import { startApp, type TestApp } from './support/app.js';
import { choicesOf } from './support/choices.js';
import { queriesOf, readAlertRules, readDashboards, type Asked } from './support/dashboards.js';
import { sendDemo } from './support/demo-data.js';
import { expand, type Choice } from './support/grafana.js';
import { faultsOf, kindsOf } from './support/panel-shape.js';
import { aReader, type Reader } from './support/reader.js';

const ASKED = readDashboards().flatMap(queriesOf);
const NAMED = ASKED.map((asked): [string, Asked] => [`${asked.dashboard.title}: ${asked.name}`, asked]);
const RULES = readAlertRules().map((rule): [string, string] => [rule.title, rule.data[0]?.model.rawSql ?? '']);

function choice(name: string, environments: string[] = [], pipelines: string[] = []): Choice {
  const asking = choicesOf(environments, pipelines)[name];
  if (!asking) throw new Error(`No choice ${name}`);
  return asking.choice;
}

const USUAL = choice('all pipelines in production');

describe.each(['demo data', 'an empty database'])('on %s, as the reader,', (data) => {
  let app: TestApp;
  let reader: Reader;
  let pipelines: string[];
  beforeAll(async () => {
    app = await startApp();
    if (data === 'demo data') await sendDemo(app);
    reader = await aReader(app);
    pipelines = (await reader.query('SELECT pipeline_id FROM reporting.pipelines')).rows.map(([id]) => String(id));
  }, 120_000);
  afterAll(async () => {
    await reader.close();
    await app.close();
  });

  const ask = ({ target }: Asked, chosen: Choice) => reader.query(expand(target.rawSql, chosen));

  it.each(NAMED)('%s answers with what its panel can show', async (_name, asked) => {
    expect(faultsOf(asked, await ask(asked, USUAL))).toEqual([]);
  });

  it('panels set only columns that their queries have', async () => {
    for (const { dashboard, panel } of ASKED) {
      const known = new Set(['pipeline', 'link', 'level', 'count', 'Trend #B', 'Trend #C']);
      for (const other of queriesOf(dashboard).filter((asked) => asked.panel === panel)) {
        for (const { name } of (await ask(other, USUAL)).fields) known.add(name);
      }
      const set = (panel?.fieldConfig?.overrides ?? []).filter(({ matcher }) => matcher.id === 'byName');
      expect(set.map(({ matcher }) => matcher.options).filter((name) => !known.has(name))).toEqual([]);
    }
  });

  it('tables fit into the 1290 pixels that a laptop of 1366 leaves them', async () => {
    for (const [name, asked] of NAMED.filter(([, { panel }]) => panel?.type === 'table')) {
      const added = asked.panel?.transformations ? asked.panel.targets?.length : 0;
      const { fields } = await ask(asked, USUAL);
      const least = kindsOf(fields).reduce((sum, kind) => sum + (kind === 'time' ? 155 : 80), 80 * (added ?? 0));
      expect([name, least <= (1290 * (asked.panel?.gridPos.w ?? 0)) / 24]).toEqual([name, true]);
    }
  });

  it.each(Object.keys(choicesOf([], [])))('every query answers for %s', async (name) => {
    const chosen = choice(name, ['production', 'staging'], pipelines);
    for (const asked of ASKED) await ask(asked, chosen);
  });

  it('every query answers for a choice that nothing is left of', async () => {
    const variables = { ...USUAL.variables, pipeline: [], environment: [] };
    for (const asked of ASKED) await ask(asked, { ...USUAL, variables });
  });

  it.each(RULES)('the alert rule %s is names and one number', async (_title, sql) => {
    const { fields, rows } = await reader.query(sql);
    expect(kindsOf(fields).toSorted().join()).toMatch(/^number(,text)+$/);
    if (data === 'an empty database') expect(rows).toEqual([]);
  });

  it('no query takes a second', async () => {
    const slow: string[] = [];
    for (const asked of ASKED) {
      const began = performance.now();
      await ask(asked, USUAL);
      if (performance.now() - began > 1000) slow.push(asked.name);
    }
    expect(slow).toEqual([]);
  });
});
