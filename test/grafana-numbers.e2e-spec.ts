import { choicesOf } from './support/choices.js';
import { queriesOf, readDashboards, type Asked } from './support/dashboards.js';
import { aGrafanaWorld, type GrafanaWorld } from './support/grafana-world.js';
import { SAME_AS_SERIES, SAME_AS_SUMMARY, valueAt } from './support/same-numbers.js';
import { read } from './support/sending.js';

const ASKED = readDashboards().flatMap(queriesOf);
const CHOICES = Object.keys(choicesOf([], []));

/** Those with one number, or one a bucket; the rest is compared in grafana-lists.e2e-spec.ts. */
const ELSEWHERE = ['devopstic-data-quality', 'devopstic-pipelines'];
const panels = (type: string): Asked[] =>
  ASKED.filter(({ panel, dashboard }) => panel?.type === type && !ELSEWHERE.includes(dashboard.uid));

const keyOf = ({ dashboard, name }: Asked): string => `${dashboard.uid}: ${name}`;

describe('every number of a dashboard is the same as the API gives', () => {
  let world: GrafanaWorld;
  beforeAll(async () => {
    world = await aGrafanaWorld();
  }, 120_000);
  afterAll(() => world.close());

  it('knows all panels with a number', () => {
    expect(panels('stat').map(keyOf).toSorted()).toEqual(Object.keys(SAME_AS_SUMMARY).toSorted());
    expect([...new Set(panels('timeseries').map(keyOf))].toSorted()).toEqual(Object.keys(SAME_AS_SERIES).toSorted());
  });

  it.each(CHOICES)('in the summary, for %s', async (name) => {
    const asking = world.chosen(name);
    const summary = await read<object>(world.app, `/dora/summary?${asking.query}`);
    for (const asked of panels('stat')) {
      const [row] = await world.ask(asked, asking);
      const same = SAME_AS_SUMMARY[keyOf(asked)] ?? {};
      expect([keyOf(asked), row]).toEqual([
        keyOf(asked),
        Object.fromEntries(Object.entries(same).map(([column, path]) => [column, valueAt(summary, path)])),
      ]);
    }
  });

  it.each(CHOICES)('over time, for %s', async (name) => {
    const asking = world.chosen(name);
    for (const asked of panels('timeseries')) {
      const { columns, needed } = SAME_AS_SERIES[keyOf(asked)] ?? { columns: {} };
      const [, bucket = 'week'] = /bucket => '(week|month)'/.exec(asked.target.rawSql) ?? [];
      const { items } = await read<{ items: { start: string }[] }>(
        world.app,
        `/dora/series?bucket=${bucket}&${asking.query}`,
      );
      const expected = items
        .filter((item) => needed === undefined || valueAt(item, needed) !== null)
        .map((item) => ({
          time: new Date(item.start),
          ...Object.fromEntries(Object.entries(columns).map(([column, path]) => [column, valueAt(item, path)])),
        }));
      expect([keyOf(asked), await world.ask(asked, asking)]).toEqual([keyOf(asked), expected]);
    }
  });
});
