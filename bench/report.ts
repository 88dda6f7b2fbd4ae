import { cpus, release, totalmem, type } from 'node:os';
import { reaches, type Result } from './result.js';

/** The results for people, as bench/results.md has them. */
export function report(results: readonly Result[], postgres: string): string {
  return [
    '# Results of `npm run bench`',
    '',
    `${days(results)}, ${machine()}, PostgreSQL ${postgres}.`,
    'The load, the service and PostgreSQL share the machine, and every answer comes after its commit is on disk. Medians of',
    'the runs, with the least and the greatest; a ratio is of things measured in turn.',
    '',
    '| goal | value | floor | aim | | runs | measured |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...results.map(row),
    '',
  ].join('\n');
}

/** From the first day of measuring to the last. */
function days(results: readonly Result[]): string {
  const all = results.map(({ day }) => day).toSorted();
  return [...new Set([all[0], all.at(-1)])].join(' to ');
}

function row(result: Result): string {
  const { goal, unit, value, floor, aim, better, runs, detail } = result;
  const sign = better === 'more' ? '≥' : '≤';
  const shown = (number: number): string => `${rounded(number)}${unit ? ` ${unit}` : ''}`;
  const verdict = !result.met ? '**missed**' : reaches(result, value, aim) ? 'aim' : 'floor';
  const cells = [goal, shown(value), `${sign} ${shown(floor)}`, `${sign} ${shown(aim)}`, verdict];
  return `| ${[...cells, runs.map((run) => rounded(run)).join(', '), detail].join(' | ')} |`;
}

function rounded(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}

function machine(): string {
  const model = cpus()[0]?.model ?? 'unknown processor';
  const memory = Math.round(totalmem() / 1024 ** 3);
  const kernel = `${type()} ${release().split('-')[0]}`;
  return `${cpus().length} × ${model}, ${memory} GB, ${kernel}, Node ${process.versions.node}`;
}
