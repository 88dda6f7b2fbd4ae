import type { Bench } from '../bench.js';
import { type Goal, spread } from '../result.js';
import { LIST_NAMES, type ListName, type Pages, pagesOf } from '../size/pages.js';
import { type Pair, type Place, withPair } from '../size/pair.js';
import { byMetric, panel } from '../size/panels.js';
import { type Question, serverTime } from '../size/question.js';
import { fromRows } from '../size/rollups.js';

const PANELS = {
  mid_sized: { shows: 'a mid-sized pipeline, 90 days', floor: 2, aim: 1.3 },
  largest: { shows: 'one of the largest pipelines, 90 days', floor: 2, aim: 1.3 },
  all: { shows: 'all pipelines, a year by day', floor: 1.5, aim: 1.2 },
} as const;
/** Rows that a list is paged through, if there are as many. */
const LISTED = 1_000_000;
/** Of what may take minutes. */
const MOST_RUNS_FROM_ROWS = 3;

type Panel = keyof typeof PANELS;
const PANEL_NAMES = Object.keys(PANELS) as Panel[];

/** Milliseconds of the server. */
interface Run {
  small: Record<Panel, number>;
  large: Record<Panel, number>;
  pages: Record<ListName, Record<keyof Pages, number>>;
  /** All pipelines of the large database without rollups; null: not in this run. */
  from_rows: number | null;
}

interface Questions {
  panels: Record<Panel, Question>;
  pages: Record<ListName, Pages>;
}

/** What metrics and lists cost the database at two sizes, one ten times the other, measured in turn. */
export async function metrics(bench: Bench): Promise<Goal[]> {
  return withPair(bench, async (pair) => {
    const questions = await questionsOf(pair);
    const runs: Run[] = [];
    for (let run = 1; run <= bench.runs; run++) {
      bench.tell(`metrics, run ${run} of ${bench.runs}`);
      runs.push(await oneRun(pair, questions, run));
    }
    bench.tell('metric by metric');
    const costs = await costsByMetric(pair.large, questions.panels.all);
    return [...panelGoals(pair, runs), rollupGoal(pair, runs, costs), ...pageGoals(pair, runs)];
  });
}

async function questionsOf(pair: Pair): Promise<Questions> {
  const { small, end: to } = pair;
  const { database, client } = listed(pair);
  return {
    panels: {
      mid_sized: await panel(small.database, { pipeline: pair.mid_sized, days: 90, to }),
      largest: await panel(small.database, { pipeline: pair.largest, days: 90, to }),
      all: await panel(small.database, { pipeline: null, days: 365, to, bucket: 'day' }),
    },
    pages: await each(LIST_NAMES, (name) => pagesOf(name, database, client)),
  };
}

async function oneRun(pair: Pair, { panels, pages }: Questions, run: number): Promise<Run> {
  const { small, large } = pair;
  const { client } = listed(pair);
  return {
    small: await each(PANEL_NAMES, (name) => serverTime(small.client, panels[name])),
    large: await each(PANEL_NAMES, (name) => serverTime(large.client, panels[name])),
    pages: await each(LIST_NAMES, (name) => each(['first', 'last'], (page) => serverTime(client, pages[name][page]))),
    from_rows:
      run > MOST_RUNS_FROM_ROWS ? null : await fromRows(large.client, () => serverTime(large.client, panels.all)),
  };
}

async function costsByMetric({ client }: Place, all: Question): Promise<string[]> {
  const costs: string[] = [];
  for (const [name, question] of byMetric(all)) {
    const rolled = await serverTime(client, question);
    const rows = await fromRows(client, () => serverTime(client, question));
    costs.push(`${name} ${shown(rolled)} and ${shown(rows)}`);
  }
  return costs;
}

function panelGoals({ small, large }: Pair, runs: Run[]): Goal[] {
  return PANEL_NAMES.map((name) => {
    const { shows, floor, aim } = PANELS[name];
    const times = [
      told(
        `ms at ${sizeOf(small)}`,
        runs.map((run) => run.small[name]),
      ),
      told(
        `at ${sizeOf(large)}`,
        runs.map((run) => run.large[name]),
      ),
    ];
    return {
      goal: `all metrics of ${shows}, at ${sizeOf(large)} ÷ at ${sizeOf(small)} deployments`,
      floor,
      aim,
      better: 'less',
      runs: runs.map((run) => run.large[name] / run.small[name]),
      detail: [...times, `${small.pipelines} and ${large.pipelines} pipelines`].join('; '),
    };
  });
}

function rollupGoal({ large }: Pair, runs: Run[], costs: string[]): Goal {
  const compared = runs.flatMap(({ large: { all }, from_rows }) => (from_rows === null ? [] : [{ all, from_rows }]));
  return {
    goal: `all metrics of ${PANELS.all.shows} ÷ the same from rows, at ${sizeOf(large)} deployments`,
    floor: 1 / 50,
    aim: 1 / 200,
    better: 'less',
    runs: compared.map(({ all, from_rows }) => all / from_rows),
    detail: [
      told(
        'ms',
        compared.map(({ all }) => all),
      ),
      told(
        'from rows',
        compared.map(({ from_rows }) => from_rows),
      ),
      `alone and from rows: ${costs.join(', ')}`,
    ].join('; '),
  };
}

function pageGoals(pair: Pair, runs: Run[]): Goal[] {
  return LIST_NAMES.map((name) => ({
    goal: `last page of /${name} ÷ the first, at ${sizeOf(listed(pair))} deployments`,
    floor: 2,
    aim: 1.2,
    better: 'less',
    runs: runs.map(({ pages }) => pages[name].last / pages[name].first),
    detail: [
      told(
        'first ms',
        runs.map(({ pages }) => pages[name].first),
      ),
      told(
        'last ms',
        runs.map(({ pages }) => pages[name].last),
      ),
    ].join('; '),
  }));
}

function listed({ small, large }: Pair): Place {
  return small.deployments >= LISTED * 0.99 ? small : large;
}

function sizeOf({ deployments }: Place): string {
  return deployments.toLocaleString('en', { notation: 'compact' });
}

function shown(milliseconds: number): string {
  return milliseconds.toLocaleString('en', { maximumSignificantDigits: 3 });
}

function told(what: string, milliseconds: number[]): string {
  return `${what} ${spread(milliseconds, 1)}`;
}

async function each<K extends string, V>(keys: readonly K[], value: (key: K) => Promise<V>): Promise<Record<K, V>> {
  const values: Partial<Record<K, V>> = {};
  for (const key of keys) values[key] = await value(key);
  return values as Record<K, V>;
}
