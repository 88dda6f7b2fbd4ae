import { reaches, type Result } from './result.js';

/** The results for people, as bench/results.md has them. */
export function report(results: readonly Result[]): string {
  return [
    '# Results of `npm run bench`',
    '',
    ...occasions(results),
    '',
    'The load, the service and PostgreSQL share the machine, and every answer comes after its commit is on disk. Medians of',
    'the runs, with the least and the greatest; a ratio is of things measured in turn.',
    '',
    '| goal | value | floor | aim | | runs | measured |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...results.map(row),
    '',
  ].join('\n');
}

/** What was measured when, and on which machine. */
function occasions(results: readonly Result[]): string[] {
  const benchmarks = new Map<string, Set<string>>();
  for (const { day, machine, benchmark } of results) {
    const occasion = `${day}, ${machine}`;
    benchmarks.set(occasion, (benchmarks.get(occasion) ?? new Set()).add(benchmark));
  }
  return [...benchmarks].map(([occasion, names]) => `- ${[...names].join(', ')}: ${occasion}`);
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
