import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { POSTGRES } from '../data-sources.js';
import type { Sql } from '../sql.js';

export interface Stat {
  title: string;
  description: string;
  unit: string;
  query: Sql;
  /** What is shown when there is nothing yet. */
  empty: string;
}

/** The fields of one row beside each other; a field `count` says of how many values they are. */
export function stat({ title, description, unit, query, empty }: Stat): PanelBuilder {
  return new PanelBuilder()
    .title(title)
    .description(description)
    .datasource(POSTGRES)
    .withTarget(query)
    .unit(unit)
    .noValue(empty)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Fixed).fixedColor('text'))
    .reduceOptions(new ReduceDataOptionsBuilder().values(false).calcs(['lastNotNull']).fields('/.*/'))
    .orientation(VizOrientation.Vertical)
    .colorMode(BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.None)
    .textMode(BigValueTextMode.ValueAndName)
    .overrideByName('count', [
      { id: 'displayName', value: 'values' },
      { id: 'unit', value: 'none' },
    ]);
}
