import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';
import { POSTGRES } from './data-sources.js';

/** What Grafana's Postgres data source reads; the SDK has no type of it. */
interface SqlQuery extends Dataquery {
  refId: string;
  datasource: DataSourceRef;
  editorMode: 'code';
  format: 'table' | 'time_series';
  rawQuery: true;
  rawSql: string;
}

/** A query of the reporting schema. As a series it needs a column `time`, ascending. */
export class Sql implements Builder<Dataquery> {
  private format: SqlQuery['format'] = 'table';
  private id = 'A';

  constructor(private readonly text: string) {}

  series(): this {
    this.format = 'time_series';
    return this;
  }

  refId(id: string): this {
    this.id = id;
    return this;
  }

  build(): SqlQuery {
    return {
      refId: this.id,
      datasource: POSTGRES,
      editorMode: 'code',
      format: this.format,
      rawQuery: true,
      rawSql: this.text,
      _implementsDataqueryVariant: () => undefined,
    };
  }
}

/**
 * What is chosen at the top of a dashboard. Without a format: the data source itself quotes each name, whatever is in
 * it (`:sqlstring` would spoil double quotes). In a sub-select, so that it is found out once and not for each row.
 */
const CHOSEN = [
  'pipelines => reporting.chosen_pipelines(ARRAY[$pipeline]::text[])',
  'environments => (SELECT reporting.chosen_environments(ARRAY[$environment]::text[]))',
];
const RANGE = ['range_start => $__timeFrom()', 'range_end => $__timeTo()'];
const ZONE = `time_zone => reporting.time_zone_of('\${__timezone}')`;

export const NOW_CHOSEN = [...CHOSEN, 'now => $__timeTo()'];
export const UNTIL_CHOSEN = [...CHOSEN, 'range_end => $__timeTo()'];
export const RANGE_ALONE = RANGE;
export const RANGE_CUT = [...RANGE, ZONE, `bucket => '$bucket'`];
export const SELECTION = [...CHOSEN, ...RANGE];
export const TOTAL = [...SELECTION, ZONE];
export const JUDGED = [...TOTAL, `benchmark => '$benchmark'`];

/** In buckets of that length; none: of the one chosen at the top. */
export const cut = (bucket = '$bucket'): string[] => [...TOTAL, `bucket => '${bucket}'`];

export const BY_PIPELINE = 'by_pipeline => true';

/** A call of a function in schema `reporting`, as a table named `m`. */
export function from(name: string, parameters: readonly string[]): string {
  return `FROM reporting.${name}(\n  ${parameters.join(',\n  ')}\n) AS m`;
}
