import type { Bench } from '../bench.js';
import type { Goal } from '../result.js';
import { goalsOf, listed, PANEL_NAMES, type Panel, type Run, shown } from '../size/goals.js';
import { LIST_NAMES, type ListName, type Pages, pagesOf } from '../size/pages.js';
import { type Pair, type Place, withPair } from '../size/pair.js';
import { byMetric, panel } from '../size/panels.js';
import { type Question, serverTime } from '../size/question.js';
import { fromRows } from '../size/rollups.js';

/** Of what may take minutes. */
const MOST_RUNS_FROM_ROWS = 3;

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
    return goalsOf(pair, runs, costs);
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
  const { large } = pair;
  const { client } = listed(pair);
  return {
    panels: await each(PANEL_NAMES, (name) =>
      each(['small', 'large'], (size) => serverTime(pair[size].client, panels[name])),
    ),
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

async function each<K extends string, V>(keys: readonly K[], value: (key: K) => Promise<V>): Promise<Record<K, V>> {
  const values: Partial<Record<K, V>> = {};
  for (const key of keys) values[key] = await value(key);
  return values as Record<K, V>;
}
