/** What a number is counted in. */
export type Unit = 'count' | 'per_day' | 'ratio' | 'seconds';

/** A column of a metric's function: a number, a word or a flag, or several columns under one name. */
export interface Column<Value = unknown> {
  readonly unit: Unit | 'word' | 'flag' | 'parts';
  readonly meaning: string;
  readonly example: Value;
  /** All that a word can be. */
  readonly words?: readonly string[];
  /** What it is made of, and how their type is called. */
  readonly parts?: Columns;
  readonly type?: string;
}

export type Columns = Readonly<Record<string, Column>>;

/** The columns as an answer has them. */
export type Values<C extends Columns> = { [Name in keyof C]: C[Name]['example'] };

/** Names a column, or a part of one: `rate`, `total.median`. */
export type Path<C extends Columns> = {
  [Name in keyof C & string]: C[Name] extends { readonly parts: infer Parts extends Columns }
    ? `${Name}.${keyof Parts & string}`
    : Name;
}[keyof C & string];

/** Whether there may be none of it: of nothing, durations and ratios are null, and counts are 0. */
export const isNullable = ({ unit }: Column): boolean => ['ratio', 'seconds', 'word'].includes(unit);

export const count = (meaning: string, example: number): Column<number> => ({ unit: 'count', meaning, example });

export const perDay = (meaning: string, example: number): Column<number> => ({ unit: 'per_day', meaning, example });

export const ratio = (meaning: string, example: number | null): Column<number | null> => ({
  unit: 'ratio',
  meaning,
  example,
});

export const seconds = (meaning: string, example: number | null): Column<number | null> => ({
  unit: 'seconds',
  meaning,
  example,
});

export function parts<C extends Columns>(type: string, meaning: string, of: C): Column<Values<C>> & { parts: C } {
  return { unit: 'parts', type, meaning, parts: of, example: exampleOf(of) };
}

/** What is said of a duration, computed from the values themselves. */
export const statistics = (meaning: string, [values, mean, median, p90]: [number, number, number, number]) =>
  parts('Statistics', meaning, {
    count: count('How many values there are', values),
    mean: seconds('Their mean', mean),
    median: seconds('Their median, interpolated', median),
    p90: seconds('Their 90th percentile, interpolated', p90),
  });

/** A value judged by a benchmark, or, as an example, too few values to be. */
export const judged = (example: string | null) => ({
  level: {
    unit: 'word',
    words: ['elite', 'high', 'medium', 'low'],
    meaning: 'The level of the benchmark named beside; null without values, and for fewer than five',
    example,
  } as Column<string | null>,
  level_reason: {
    unit: 'word',
    words: ['small_sample'],
    meaning: 'Why there are values and yet no level: they are fewer than five',
    example: example === null ? 'small_sample' : null,
  } as Column<string | null>,
});

/** Said of a median and a 90th percentile. */
export const approximate: Column<boolean> = {
  unit: 'flag',
  meaning:
    'Whether the medians and 90th percentiles are estimates, each within 5 % of the true value, and so the level may be: of much in all pipelines together. Counts and means are always exact',
  example: false,
};

export function exampleOf<C extends Columns>(columns: C): Values<C> {
  return Object.fromEntries(Object.entries(columns).map(([name, { example }]) => [name, example])) as Values<C>;
}

export function columnAt(columns: Columns, path: string): Column {
  const [name = '', part] = path.split('.');
  const column = part === undefined ? columns[name] : columns[name]?.parts?.[part];
  if (column === undefined) throw new Error(`There is no column ${path}`);
  return column;
}

/** The number at a column of an answer. */
export function valueAt(values: object, path: string): number | null {
  const found = path.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], values);
  return found as number | null;
}
