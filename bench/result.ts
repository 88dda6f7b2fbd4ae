/** What a goal is measured by: a number of each run, of which the median counts. */
export interface Goal {
  goal: string;
  /** Of `value`: a ratio if none. */
  unit?: 'ms' | 'MB' | 'connections';
  floor: number;
  aim: number;
  better: 'more' | 'less';
  runs: number[];
  /** The measured things behind the runs, in words. */
  detail: string;
}

export interface Result extends Goal {
  /** Measured by which benchmark, and on which day. */
  benchmark: string;
  day: string;
  /** What it was measured on: machine, kernel, Node.js, PostgreSQL. */
  machine: string;
  value: number;
  /** Whether the floor is reached. */
  met: boolean;
}

export function resultOf(benchmark: string, machine: string, goal: Goal): Result {
  const value = median(goal.runs);
  if (!Number.isFinite(value)) throw new Error(`This was not measured: ${goal.goal} (${goal.detail})`);
  const day = new Date().toISOString().slice(0, 10);
  return { benchmark, day, machine, ...goal, value, met: reaches(goal, value, goal.floor) };
}

export function reaches({ better }: Pick<Goal, 'better'>, value: number, bound: number): boolean {
  return better === 'more' ? value >= bound : value <= bound;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  if (low === undefined || high === undefined) throw new Error('There is no median of nothing');
  return (low + high) / 2;
}

/** "median (least–greatest)", rounded to what can be told apart. */
export function spread(values: readonly number[], digits = 0): string {
  const shown = (value: number): string =>
    value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
  return `${shown(median(values))} (${shown(Math.min(...values))}–${shown(Math.max(...values))})`;
}
