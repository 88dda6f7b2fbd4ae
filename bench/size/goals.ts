import { type Goal, spread } from '../result.js';
import { LIST_NAMES, type ListName, type Pages } from './pages.js';
import type { Pair, Place } from './pair.js';

const PANELS = {
  mid_sized: { shows: 'a mid-sized pipeline, 90 days', floor: 2, aim: 1.3 },
  largest: { shows: 'one of the largest pipelines, 90 days', floor: 2, aim: 1.3 },
  all: { shows: 'all pipelines, a year by day', floor: 1.5, aim: 1.2 },
} as const;
/** Rows that a list is paged through, if there are as many. */
const LISTED = 1_000_000;

export type Panel = keyof typeof PANELS;

export const PANEL_NAMES = Object.keys(PANELS) as Panel[];

/** Milliseconds of the server. */
export interface Run {
  panels: Record<Panel, Record<'small' | 'large', number>>;
  pages: Record<ListName, Record<keyof Pages, number>>;
  /** All pipelines of the large database without rollups; null: not in this run. */
  from_rows: number | null;
}

export function goalsOf(pair: Pair, runs: Run[], costs: string[]): Goal[] {
  return [...panelGoals(pair, runs), rollupGoal(pair, runs, costs), ...pageGoals(pair, runs)];
}

/** The database whose lists are paged through. */
export function listed({ small, large }: Pair): Place {
  return small.deployments >= LISTED * 0.99 ? small : large;
}

function panelGoals({ small, large }: Pair, runs: Run[]): Goal[] {
  return PANEL_NAMES.map((name) => {
    const { shows, floor, aim } = PANELS[name];
    const times = [
      told(`ms at ${sizeOf(small)}`, runs, (run) => run.panels[name].small),
      told(`at ${sizeOf(large)}`, runs, (run) => run.panels[name].large),
    ];
    return {
      goal: `all metrics of ${shows}, at ${sizeOf(large)} ÷ at ${sizeOf(small)} deployments`,
      floor,
      aim,
      better: 'less',
      runs: runs.map((run) => run.panels[name].large / run.panels[name].small),
      detail: [...times, `${small.pipelines} and ${large.pipelines} pipelines`].join('; '),
    };
  });
}

function rollupGoal({ large }: Pair, runs: Run[], costs: string[]): Goal {
  const compared = runs.flatMap((run) =>
    run.from_rows === null ? [] : [{ all: run.panels.all.large, rows: run.from_rows }],
  );
  return {
    goal: `all metrics of ${PANELS.all.shows} ÷ the same from rows, at ${sizeOf(large)} deployments`,
    floor: 1 / 50,
    aim: 1 / 200,
    better: 'less',
    runs: compared.map(({ all, rows }) => all / rows),
    detail: [
      told('ms', compared, ({ all }) => all),
      told('from rows', compared, ({ rows }) => rows),
      `each alone and from rows: ${costs.join(', ')}`,
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
      told('ms of the first', runs, ({ pages }) => pages[name].first),
      told('of the last', runs, ({ pages }) => pages[name].last),
    ].join('; '),
  }));
}

function sizeOf({ deployments }: Place): string {
  return deployments.toLocaleString('en', { notation: 'compact' });
}

export function shown(milliseconds: number): string {
  return milliseconds.toLocaleString('en', { maximumSignificantDigits: 3 });
}

function told<T>(what: string, measured: T[], milliseconds: (one: T) => number): string {
  return `${what} ${spread(measured.map(milliseconds), 1)}`;
}
