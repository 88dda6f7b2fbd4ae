import type { ScopeRules } from './scope-rules.js';

/**
 * What counts where nobody has said anything. By itself: commands apply rules, and what describes these to the API takes longer
 * to load than they do.
 */
export const NO_RULES: Readonly<ScopeRules> = {
  pipelines: [],
  environments: [],
  default_branches: [],
  monorepos: [],
  deployments: [],
  incident_labels: ['incident'],
  rework_branches: ['hotfix', 'hotfix/**', 'hotfix-*'],
  rework_labels: ['hotfix'],
  production_environments: null,
  bot_authors: null,
  teams: [],
};
