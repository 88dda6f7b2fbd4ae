import type { Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions, ApiSchema } from '@nestjs/swagger';
import { type Column, type Columns, isNullable } from './catalogue/column.js';
import { METRIC_NAMES, METRICS, type Metrics } from './catalogue/metrics.js';

const TYPES = {
  count: 'integer',
  per_day: 'number',
  ratio: 'number',
  seconds: 'number',
  word: 'string',
  flag: 'boolean',
};

/** What else is said of a number, by what it is counted in. */
const COUNTED: Partial<Record<Column['unit'], string>> = {
  ratio: ', 0 to 1; null of nothing',
  seconds: ', in seconds; null of nothing',
};

const views = new Map<string, Type>();

/** A class as the contract is made of, with these properties; each is made once. */
function viewOf(name: string, properties: () => [string, ApiPropertyOptions][]): Type {
  const known = views.get(name);
  if (known !== undefined) return known;
  @ApiSchema({ name })
  class View {}
  views.set(name, View);
  for (const [property, options] of properties()) ApiProperty(options)(View.prototype, property);
  return View;
}

function propertiesOf(columns: Columns): [string, ApiPropertyOptions][] {
  return Object.entries(columns).map(([name, column]) => [name, propertyOf(column)]);
}

function propertyOf(column: Column): ApiPropertyOptions {
  const { unit, meaning, example, words, parts, type = '' } = column;
  const description = meaning + (COUNTED[unit] ?? '');
  if (unit === 'parts') return { description, type: viewOf(type, () => propertiesOf(parts ?? {})) };
  return {
    description,
    type: TYPES[unit],
    example,
    ...(unit === 'count' && { minimum: 0 }),
    ...(words && { enum: [...words] }),
    ...(isNullable(column) && { nullable: true }),
  } as ApiPropertyOptions;
}

/** `lead_time` is described as `LeadTime`. */
const typeOf = (name: string): string =>
  name.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** All metrics of one range. */
export const MetricsView = viewOf('MetricsView', () =>
  METRIC_NAMES.map((name) => {
    const { definition, columns } = METRICS[name];
    return [name, { description: definition, type: viewOf(typeOf(name), () => propertiesOf(columns)) }];
  }),
) as Type<Metrics>;
