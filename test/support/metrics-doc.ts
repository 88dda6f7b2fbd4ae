import { columnAt, type Column } from '../../src/metrics/catalogue/column.js';
import type { MetricEntry } from '../../src/metrics/catalogue/entry.js';
import { METRICS } from '../../src/metrics/catalogue/metrics.js';

const TABLES = /(<!-- metrics, written by npm run metrics-doc -->\n)[^]*(<!-- end of metrics -->)/;

const UNITS = {
  count: 'count',
  per_day: 'a day',
  ratio: '0 to 1',
  seconds: 'seconds',
  parts: 'each',
  word: '',
  flag: '',
};

const ENTRIES: [string, MetricEntry][] = Object.entries(METRICS);

/** A page of the documentation, with the tables as the catalogue has them. */
export function withMetrics(page: string): string {
  if (!TABLES.test(page)) throw new Error('There is no place for the tables of metrics');
  const tables = [
    table(['metric', 'in answers', 'is', 'unit', 'better', 'level by'], ENTRIES.map(metricRow)),
    table(['of', 'column', 'unit', 'is'], ENTRIES.flatMap(columnRows)),
  ];
  return page.replace(TABLES, (_all, before, after) => `${before}\n${tables.join('\n')}\n${after}`);
}

function metricRow([name, { title, definition, better, columns, value, level }]: [string, MetricEntry]): string[] {
  return [
    title,
    code(name),
    definition,
    UNITS[columnAt(columns, value).unit],
    better,
    level === null ? 'none' : code(level),
  ];
}

/** Levels and estimates are told of once, in words. */
function columnRows([name, { columns }]: [string, MetricEntry]): string[][] {
  const numbers = Object.entries(columns).filter(([, { unit }]) => unit !== 'word' && unit !== 'flag');
  return numbers.map(([column, told]) => [code(name), code(column), unitOf(told), told.meaning]);
}

function unitOf({ unit, parts = {} }: Column): string {
  return unit === 'parts' ? Object.keys(parts).map(code).join(', ') : UNITS[unit];
}

const code = (name: string): string => `\`${name}\``;

/** As Prettier draws it. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((_, index) => Math.max(...[head, ...rows].map((cells) => cells[index]!.length)));
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index]!)).join(' | ')} |\n`;
  return [head, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('');
}
