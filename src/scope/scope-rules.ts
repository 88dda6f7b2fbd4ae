/** Where a rule holds. Patterns are globs: `*` is anything but a slash, `**` anything. */
export interface DeploymentRule {
  /** The source that tells it, as `github`; any if absent. */
  source?: string;
  /** What it is a run of, in the source's words: `workflow_run`, `release`, `pipeline`. */
  event: string;
  /** The repository, as the source names it; any if absent. */
  repository?: string;
  /** The name of the workflow or pipeline, the tag of the release; any if absent. */
  name?: string;
  /** The branch that it ran for; any if absent. */
  branch?: string;
  /** Where such a run deploys to. */
  environment: string;
}

/** A name of a source's, and what it is called here. */
export interface PipelineRule {
  source?: string;
  /** The repository, service or application, as the source names it. */
  match: string;
  pipeline_id: string;
}

export interface EnvironmentRule {
  match: string;
  environment: string;
}

export interface BranchRule {
  /** The repository, as the source names it. */
  repository: string;
  branch: string;
}

/** What a team says about how its deliveries are to be read. Of several rules that match, the first counts. */
export interface ScopeRules {
  pipelines: readonly PipelineRule[];
  environments: readonly EnvironmentRule[];
  default_branches: readonly BranchRule[];
  deployments: readonly DeploymentRule[];
  /** An issue with one of these labels is an incident. */
  incident_labels: readonly string[];
  /** What is deployed from such a branch is rework. */
  rework_branches: readonly string[];
}

export const NO_RULES: ScopeRules = {
  pipelines: [],
  environments: [],
  default_branches: [],
  deployments: [],
  incident_labels: ['incident'],
  rework_branches: ['hotfix', 'hotfix/**', 'hotfix-*'],
};
