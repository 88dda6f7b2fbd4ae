import type { FieldDef, QueryArrayResult } from 'pg';
import type { Asked } from './dashboards.js';

const TIME = 1184;
const TEXT = 25;
const NUMBERS = [20, 21, 23, 700, 701, 1700];
/** Of any other type, a list or a composite say, Grafana would show how Postgres writes it. */
const SHOWN = [TIME, TEXT, 16, ...NUMBERS];

type Kind = 'time' | 'text' | 'number' | 'other';

export const kindsOf = (fields: FieldDef[]): Kind[] =>
  fields.map(({ dataTypeID }) => {
    if (dataTypeID === TIME) return 'time';
    if (dataTypeID === TEXT) return 'text';
    return NUMBERS.includes(dataTypeID) ? 'number' : 'other';
  });

/** What of an answer the panel that asked for it could not show as it is meant to be. */
export function faultsOf({ panel, target }: Asked, { fields, rows }: QueryArrayResult<unknown[]>): string[] {
  const kinds = kindsOf(fields);
  const names = fields.map(({ name }) => name);
  const faults = [
    ...fields.filter(({ dataTypeID }) => !SHOWN.includes(dataTypeID)).map(({ name }) => `${name} cannot be shown`),
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} occurs twice`),
  ];
  if (target.format === 'time_series') faults.push(...faultsOfSeries(names, kinds, rows));
  if (panel?.type === 'stat' && rows.length !== 1) faults.push(`a stat of ${rows.length} rows`);
  if (panel?.type === 'barchart' && kinds.join() !== 'text,number') faults.push(`bars of ${kinds.join()}`);
  if (panel?.type === 'histogram' && kinds.some((kind) => kind !== 'number'))
    faults.push(`a histogram of ${kinds.join()}`);
  return faults;
}

/** A time first and in order, then at most one name of the series, then numbers. */
function faultsOfSeries(names: string[], kinds: Kind[], rows: unknown[][]): string[] {
  const times = rows.map(([time]) => (time as Date).getTime());
  const ordered = times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0));
  return [
    ...(names[0] === 'time' && kinds[0] === 'time' ? [] : ['the first column is not the time']),
    ...(/^time(,text)?(,number)+$/.test(kinds.join()) ? [] : [`a series of ${kinds.join()}`]),
    ...(ordered ? [] : ['the times are not in order']),
  ];
}
