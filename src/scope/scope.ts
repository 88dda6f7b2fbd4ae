import { names } from './glob.js';
import { NO_RULES, type ScopeRules } from './scope-rules.js';

/** A run that may be a deployment, in the words of the source that tells it. */
export interface Run {
  source: string;
  event: string;
  repository: string;
  name: string;
  branch?: string | undefined;
}

/** How deliveries are to be read: the rules, as what reads them asks for them. Pure. */
export class Scope {
  constructor(private readonly rules: ScopeRules) {}

  /** The pipeline of what a source calls so. */
  pipelineOf(source: string, name: string): string {
    const rule = this.rules.pipelines.find((one) => isOf(source, one.source) && names(one.match, name));
    return rule?.pipeline_id ?? name;
  }

  environmentOf(name: string): string {
    return this.rules.environments.find(({ match }) => names(match, name))?.environment ?? name;
  }

  /** An event of a source's by the names that it has here. */
  applied<E extends { pipeline_id: string; environment?: string | null | undefined }>(source: string, event: E): E {
    const { pipeline_id, environment } = event;
    return {
      ...event,
      pipeline_id: this.pipelineOf(source, pipeline_id),
      ...(environment ? { environment: this.environmentOf(environment) } : {}),
    };
  }

  /** A rule knows better than the repository, whose default branch need not be the one that is delivered from. */
  defaultBranchOf(repository: string, told: string): string {
    return this.rules.default_branches.find((rule) => names(rule.repository, repository))?.branch ?? told;
  }

  /** Where a run deploys to; undefined if no rule says that it deploys. */
  deploysTo({ source, event, repository, name, branch }: Run): string | undefined {
    return this.rules.deployments.find(
      (rule) =>
        isOf(source, rule.source) &&
        rule.event === event &&
        names(rule.repository, repository) &&
        names(rule.name, name) &&
        (rule.branch === undefined || (branch !== undefined && names(rule.branch, branch))),
    )?.environment;
  }

  isIncident(labels: readonly string[]): boolean {
    return isOneOf(this.rules.incident_labels, labels);
  }

  /** What a deployment from that branch tells besides; or the merge of that branch, under these labels. */
  reworkOf(branch: string | undefined, labels: readonly string[] = []): { rework?: true } {
    const is_rework =
      (branch !== undefined && this.isReworkBranch(branch)) || isOneOf(this.rules.rework_labels, labels);
    return is_rework ? { rework: true } : {};
  }

  isReworkBranch(branch: string): boolean {
    return this.rules.rework_branches.some((glob) => names(glob, branch));
  }
}

function isOf(source: string, wanted: string | undefined): boolean {
  return wanted === undefined || wanted === source;
}

/** Whether one of the labels is among those that are wanted, whatever the case. */
function isOneOf(wanted: readonly string[], labels: readonly string[]): boolean {
  const lower_case = new Set(wanted.map((label) => label.toLowerCase()));
  return labels.some((label) => lower_case.has(label.toLowerCase()));
}

/** Where no rules were made. */
export const UNSCOPED = new Scope(NO_RULES);
