import { readFileSync } from 'node:fs';
import { dashboards } from '../grafana/src/dashboards.js';
import { alerts } from '../grafana/src/alerts.js';
import { ALERTS, queriesOf, readAlertRules, readDashboards, type Dashboard, type Panel } from './support/dashboards.js';

const ALL = readDashboards();
const DATA_SOURCES = readFileSync(
  new URL('../grafana/provisioning/datasources/devopstic.yaml', import.meta.url),
  'utf8',
);
const KNOWN_SOURCES = [...DATA_SOURCES.matchAll(/^ {4}uid: (\S+)$[^]*?^ {4}type: (\S+)$/gm)].map(([, uid, type]) => ({
  type,
  uid,
}));
/** What Grafana itself puts in. */
const BUILT_IN = /^__(timeFrom|timeTo|timezone|url_time_range|value|all|rate_interval|data|interval|field)$/;

const chosenIn = (text: string): string[] =>
  [...text.matchAll(/\$(?:\{(\w+)|(\w+))/g)].map(([, braced, plain]) => braced ?? plain ?? '');
const overlap = (one: Panel, other: Panel): boolean => {
  const [a, b] = [one.gridPos, other.gridPos];
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
};
const shown = ({ panels }: Dashboard): Panel[] => panels.filter(({ type }) => type !== 'row');

it('the committed files are what the code says', () => {
  const made = dashboards().map((dashboard): unknown => JSON.parse(JSON.stringify(dashboard)));
  expect(ALL.toSorted(byUid)).toEqual((made as Dashboard[]).toSorted(byUid));
  expect(JSON.parse(readFileSync(ALERTS, 'utf8'))).toEqual(JSON.parse(JSON.stringify(alerts())));
});

const byUid = (one: Dashboard, other: Dashboard): number => one.uid.localeCompare(other.uid);

it('no two dashboards share a name or a uid', () => {
  expect(new Set(ALL.map(({ uid }) => uid)).size).toBe(7);
  expect(new Set(ALL.map(({ title }) => title)).size).toBe(7);
  expect(ALL.filter(({ uid }) => uid.length > 40 || !/^[\w-]+$/.test(uid))).toEqual([]);
});

describe.each(ALL.map((dashboard): [string, Dashboard] => [dashboard.title, dashboard]))('%s', (_title, dashboard) => {
  it('numbers each panel differently', () => {
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Math.min(...ids)).toBeGreaterThan(0);
  });

  it('fills a grid of 24 columns without overlaps and gaps', () => {
    const { panels } = dashboard;
    expect(panels.filter(({ gridPos: { x, w, h } }) => x < 0 || x + w > 24 || w < 1 || h < 1)).toEqual([]);
    expect(panels.filter((one, index) => panels.slice(index + 1).some((other) => overlap(one, other)))).toEqual([]);
    const height = Math.max(...panels.map(({ gridPos: { y, h } }) => y + h));
    expect(panels.reduce((area, { gridPos: { w, h } }) => area + w * h, 0)).toBe(24 * height);
  });

  it('has panels wide enough to be read at 1366 pixels', () => {
    const least: Record<string, number> = { stat: 4, table: 12 };
    expect(shown(dashboard).filter(({ gridPos: { w }, type }) => w < (least[type] ?? 8))).toEqual([]);
  });

  it('says of each panel what it shows, in which unit, and what there is when it is empty', () => {
    for (const { title, description, fieldConfig } of shown(dashboard)) {
      expect([title, description?.length, fieldConfig?.defaults]).toEqual([
        title,
        expect.any(Number),
        expect.objectContaining({ unit: expect.stringMatching(/./), noValue: expect.stringMatching(/./) }),
      ]);
    }
  });

  it('asks only data sources that are provisioned', () => {
    const asked = [
      ...shown(dashboard).flatMap(({ datasource, targets = [] }) => [
        datasource,
        ...targets.map((one) => one.datasource),
      ]),
      ...queriesOf(dashboard).map(({ target }) => target.datasource),
    ];
    expect(
      asked.filter((source) => !KNOWN_SOURCES.some(({ uid, type }) => uid === source?.uid && type === source?.type)),
    ).toEqual([]);
  });

  it('gives the queries of each panel different letters', () => {
    for (const { targets = [] } of shown(dashboard)) {
      expect(targets).not.toEqual([]);
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
    }
  });

  it('uses only variables that it has, and all of them', () => {
    const own = (dashboard.templating.list ?? []).map(({ name }) => name);
    const used = chosenIn(JSON.stringify(dashboard)).filter((name) => !BUILT_IN.test(name));
    expect([...new Set(used)].toSorted()).toEqual(own.toSorted());
  });

  it('leads only to dashboards that there are', () => {
    const linked = [...JSON.stringify(dashboard).matchAll(/"\/d\/([\w-]+)/g)].map(([, uid]) => uid);
    expect(linked.filter((uid) => !ALL.some((other) => other.uid === uid))).toEqual([]);
    expect(dashboard.links).toMatchObject([{ type: 'dashboards', tags: ['devopstic'] }]);
    // Anywhere else than above the panels, they are hidden in a menu.
    for (const shownAbove of [...dashboard.links, ...(dashboard.annotations.list ?? [])]) {
      expect(shownAbove).not.toHaveProperty('placement');
    }
    expect(dashboard.tags).toContain('devopstic');
  });

  it('selects from the schema "reporting" alone', () => {
    for (const { target } of queriesOf(dashboard)) {
      const read = [...target.rawSql.matchAll(/\b(?:FROM|JOIN)\s+(\S+)/g)].map(([, name]) => name ?? '');
      expect(read.filter((name) => !name.startsWith('reporting.'))).toEqual([]);
    }
  });

  it('computes nothing in its queries', () => {
    const arithmetic = /[*/%]|\s[-+]\s|\b(avg|sum|count|min|max|percentile_cont|extract|round|over)\s*\(|GROUP BY/i;
    const statements = queriesOf(dashboard).map(({ target }) => target.rawSql.replaceAll(/'[^']*'|"[^"]*"/g, ''));
    expect(statements.filter((sql) => arithmetic.test(sql))).toEqual([]);
  });
});

it('alert rules are paused, and each judges what its query found', () => {
  const rules = readAlertRules();
  expect(rules.map(({ isPaused }) => isPaused)).toEqual([true, true, true]);
  for (const { condition, data } of rules) {
    expect(data).toMatchObject([
      { refId: 'A', datasourceUid: 'devopstic-postgres' },
      { refId: condition, datasourceUid: '__expr__', model: { type: 'threshold', expression: 'A' } },
    ]);
  }
});
