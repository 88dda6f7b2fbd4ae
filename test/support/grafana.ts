/**
 * Expands a query as Grafana and its Postgres data source do: first the dashboard's variables, in the browser, then the
 * macros, in the data source's backend. After Grafana's documentation ("Variable syntax", "PostgreSQL query editor:
 * macros") and what both do with it.
 */
export interface Choice {
  from: Date;
  to: Date;
  /** As Grafana tells it: an IANA name, or utc. */
  time_zone: string;
  interval_ms: number;
  variables: Readonly<Record<string, Chosen>>;
}

/** One value, several of a multi-value variable, or "All" of one that has its own text for that. */
export type Chosen = string | readonly string[] | { all: string };

export function expand(sql: string, choice: Choice): string {
  return expandMacros(expandIntervals(expandVariables(sql, choice), choice), choice);
}

const VARIABLE = /\$(\w+)|\$\{(\w+)(?::([^}]+))?\}/g;

function expandVariables(sql: string, { variables, time_zone }: Choice): string {
  const known: Readonly<Record<string, Chosen>> = { __timezone: time_zone, ...variables };
  return sql.replaceAll(VARIABLE, (match, plain?: string, braced?: string, format?: string) => {
    const value = known[plain ?? braced ?? ''];
    return value === undefined ? match : formatted(value, format);
  });
}

function formatted(value: Chosen, format: string | undefined): string {
  if (typeof value === 'object' && 'all' in value) return value.all;
  switch (format) {
    case undefined:
      return quotedBySource(value);
    case 'raw':
    case 'csv':
      return String(value);
    case 'sqlstring':
      return [value].flat().map(sqlString).join(',');
    default:
      throw new Error(`The format ${format} is not known to these tests`);
  }
}

/** What the data source does by itself: quotes the values of a multi-value variable, doubles quotes in any other. */
function quotedBySource(value: string | readonly string[]): string {
  const double = (text: string): string => text.replaceAll("'", "''");
  return typeof value === 'string' ? double(value) : value.map((text) => `'${double(text)}'`).join(',');
}

/** Grafana's own format, which also puts a backslash before double quotes: not what Postgres understands. */
const sqlString = (text: string): string => `'${text.replaceAll("'", "''").replaceAll('"', '\\"')}'`;

function expandIntervals(sql: string, { interval_ms }: Choice): string {
  return sql.replaceAll('$__interval_ms', String(interval_ms)).replaceAll('$__interval', `${interval_ms / 1000}s`);
}

const MACRO = /\$([_a-zA-Z0-9]+)\(([^)]*)\)/g;

function expandMacros(sql: string, choice: Choice): string {
  return sql.replaceAll(MACRO, (whole, name: string, list: string, offset: number) => {
    const given = list.split(',').map((text) => text.trim());
    // A group that a comma follows names its column, as it did long ago.
    const old = name === '__timeGroup' && sql[offset + whole.length] === ',';
    return macro(old ? '__timeGroupAlias' : name, given, choice);
  });
}

function macro(name: string, [column = '', interval = '']: string[], { from, to }: Choice): string {
  const [start, end] = [from, to].map((time) => `'${time.toISOString()}'`);
  const [first, last] = [from, to].map((time) => Math.floor(time.getTime() / 1000));
  switch (name) {
    case '__timeFrom':
      return start ?? '';
    case '__timeTo':
      return end ?? '';
    case '__timeFilter':
      return `${column} BETWEEN ${start} AND ${end}`;
    case '__time':
      return `${column} AS "time"`;
    case '__timeGroup':
      return `floor(extract(epoch from ${column})/${seconds(interval)})*${seconds(interval)}`;
    case '__timeGroupAlias':
      return `${macro('__timeGroup', [column, interval], { from, to } as Choice)} AS "time"`;
    case '__unixEpochFilter':
      return `${column} >= ${first} AND ${column} <= ${last}`;
    case '__unixEpochFrom':
      return String(first);
    case '__unixEpochTo':
      return String(last);
    default:
      throw new Error(`unknown macro "${name}"`);
  }
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

function seconds(interval: string): number {
  const [, count, unit] = /^'?(\d+)([smhdw])'?$/.exec(interval) ?? [];
  const length = Number(count) * (UNITS[unit ?? ''] ?? Number.NaN);
  if (Number.isNaN(length)) throw new Error(`error parsing interval ${interval}`);
  return length;
}
