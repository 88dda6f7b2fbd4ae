import type { Config } from '../config/config.js';

/** Raised when the projections derive other rows from the same events than before: makes a rebuild due. */
const PROJECTION_VERSION = 3;

/** The scope rules that stand before a variable. */
export const OVERRIDING = ['bot_authors', 'production_environments'] as const;

/** What they say; null: the variable counts. */
export type Overrides = Record<(typeof OVERRIDING)[number], string | null>;

/** What the SQL functions read from devopstic.settings. */
export function projectionSettings(config: Config, rules: Overrides) {
  return {
    approval: config.github_approval,
    bot_authors: rules.bot_authors ?? config.bot_authors,
    incident_window_seconds: config.incident_window_seconds,
    production_environments: rules.production_environments ?? config.production_environments,
    projection_version: PROJECTION_VERSION,
  };
}

/** Those of them that derived rows depend on: a change means that the rows must be derived again. */
export const SHAPE_ROWS: readonly string[] = [
  'approval',
  'bot_authors',
  'incident_window_seconds',
  'production_environments',
  'projection_version',
];
