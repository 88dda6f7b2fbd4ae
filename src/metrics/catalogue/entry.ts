import type { Columns, Path } from './column.js';

/** A metric, and all that is said of it: whatever shows one reads it here. `Name` are the names of its columns. */
export interface MetricEntry<C extends Columns = Columns, Name extends string = string> {
  readonly title: string;
  /** What it is, in one sentence. */
  readonly definition: string;
  /** The same in the few words of a card. */
  readonly about: string;
  readonly better: 'more' | 'less';
  /** What it is of, where it is one of DORA's. */
  readonly dora: 'throughput' | 'stability' | null;
  /** Whether it can count the changes of bots. */
  readonly bots: boolean;
  /** What its function answers, beside pipeline and bucket. */
  readonly columns: C;
  /** The one number that stands for it, and how that is called among others. */
  readonly value: Name;
  readonly called: string;
  /** The number whose level a benchmark has; null: benchmarks have none of it. */
  readonly level: Name | null;
  /** How many rows are in it. */
  readonly used: Name;
  /** What is said instead of a value that there is not. */
  readonly nothing: string;
  /** What is told beside the value, by how it is called; of two, the first is a part of the second. */
  readonly facts: Readonly<Record<string, Name | readonly [part: Name, whole: Name]>>;
  readonly gauges: readonly Gauge<Name>[];
  /** The rows that it looks at, what each adds, and what 1 and 0 mean where they are not measured. */
  readonly rows: string;
  readonly adds: string;
  readonly words?: readonly [one: string, zero?: string];
}

/** How Prometheus is told of it: a label for each part of a column's path, or none. */
export interface Gauge<Name = string> {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  readonly columns: readonly Name[];
}

/** Holds the names in an entry to its columns. */
export const metric = <C extends Columns>(entry: MetricEntry<C, Path<C>>): MetricEntry<C, Path<C>> => entry;
