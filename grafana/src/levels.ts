import { MappingType, type DynamicConfigValue, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';

/** Levels are words that SQL gives, from the rows of the benchmark; here they only get their colours. */
const LEVELS: ValueMapping = {
  type: MappingType.ValueToText,
  options: {
    elite: { text: 'elite', color: 'green', index: 0 },
    high: { text: 'high', color: 'blue', index: 1 },
    medium: { text: 'medium', color: 'orange', index: 2 },
    low: { text: 'low', color: 'red', index: 3 },
    small_sample: { text: 'too few to judge', color: 'text', index: 4 },
  },
};

/** A level is never shown without the name of its benchmark. */
export const LEVEL_NAME = 'level by $benchmark';

export const levelProperties: DynamicConfigValue[] = [
  { id: 'mappings', value: [LEVELS] },
  { id: 'noValue', value: 'no level yet' },
  { id: 'unit', value: 'string' },
];
