import type { DatabaseConfig } from '../../src/config/config.js';
import { type Cut, Figures } from '../../src/metrics/figures.js';
import { METRIC_NAMES } from '../../src/metrics/catalogue/metrics.js';
import { asked, type Question } from './question.js';

const DAY = 86_400_000;

/** The figures of all metrics until `to`, of one pipeline or (null) of all. */
export async function panel(
  database: DatabaseConfig,
  { pipeline, days, to, ...cut }: Cut & { pipeline: string | null; days: number; to: Date },
): Promise<Question> {
  const selection = {
    pipelines: pipeline === null ? null : [pipeline],
    environments: null,
    environment_names: [],
    from: new Date(to.getTime() - days * DAY),
    to,
    time_zone: 'UTC',
    bots: false,
  };
  const { question } = await asked(database, (dataSource) => new Figures(dataSource).of(selection, 'dora-2023', cut));
  return question;
}

/** The same, metric by metric. */
export function byMetric(question: Question): Map<string, Question> {
  const [{ text, parameters } = { text: '', parameters: [] }] = question;
  const parts = text.split(/\bUNION ALL\b/);
  const names = parts.map((part) => /SELECT '(\w+)' AS metric/.exec(part)?.[1] ?? '');
  if (names.join() !== METRIC_NAMES.join()) throw new Error(`There is not one SELECT for each metric in ${text}`);
  // No part uses all parameters, yet each has to be given them, and to know their types.
  const given = `WITH given AS (SELECT ${[...new Set(text.match(/\$\d+::[a-z]+(\[\])?/g))].join(', ')})`;
  return new Map(parts.map((part, index) => [names[index] ?? '', [{ text: given + part, parameters }]]));
}
