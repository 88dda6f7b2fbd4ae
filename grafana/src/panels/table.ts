import { TableCellDisplayMode, TableCellHeight } from '@grafana/grafana-foundation-sdk/common';
import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { POSTGRES } from '../data-sources.js';
import { levelProperties } from '../levels.js';
import { toAddress, toPipeline } from '../links.js';
import type { Sql } from '../sql.js';

export interface Table {
  title: string;
  description: string;
  query: Sql;
  empty: string;
  /** The unit of each column that has one. */
  units?: Record<string, string>;
}

const STATUS: DynamicConfigValue[] = [
  { id: 'custom.cellOptions', value: { type: TableCellDisplayMode.ColorText } },
  {
    id: 'mappings',
    value: [
      {
        type: 'value',
        options: {
          success: { color: 'green', index: 0 },
          failure: { color: 'red', index: 1 },
          canceled: { color: 'text', index: 2 },
          in_progress: { color: 'blue', index: 3 },
          open: { color: 'red', index: 4 },
          resolved: { color: 'green', index: 5 },
        },
      },
    ],
  },
];

const LEVEL: DynamicConfigValue[] = [
  { id: 'custom.cellOptions', value: { type: TableCellDisplayMode.ColorText } },
  ...levelProperties,
];

/** Rows. Columns called pipeline, link, status, state and … level are shown as such. */
export function table({ title, description, query, empty, units = {} }: Table): PanelBuilder {
  const panel = new PanelBuilder()
    .title(title)
    .description(description)
    .datasource(POSTGRES)
    .withTarget(query)
    .unit('none')
    .noValue(empty)
    .filterable(true)
    .cellHeight(TableCellHeight.Sm)
    // Or each column would take 150 pixels, and a laptop scroll sideways.
    .minWidth(80)
    // Or an id that looks like a number would be shown as one: 1.10 as 1.1.
    .overrideByFieldType('string', [{ id: 'unit', value: 'string' }])
    .overrideByFieldType('time', [{ id: 'custom.width', value: 155 }])
    // The text above is for a table without rows; a cell without a value gets a dash.
    .overrideByRegexp('/.*/', [{ id: 'noValue', value: '–' }])
    .overrideByName('pipeline', [toPipeline])
    .overrideByName('link', toAddress)
    .overrideByRegexp('/^(status|state)$/', STATUS)
    .overrideByRegexp('/level$/', LEVEL);
  for (const [column, unit] of Object.entries(units)) panel.overrideByName(column, [{ id: 'unit', value: unit }]);
  return panel;
}
