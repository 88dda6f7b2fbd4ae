import type { EventBody } from '../events/event.js';
import type { Telling } from '../events/telling.js';
import { names } from './glob.js';
import { eventsOfEach } from './monorepo.js';
import type { MonorepoRule } from './monorepo-rule.js';
import { NO_RULES } from './no-rules.js';
import type { ScopeRules } from './scope-rules.js';

/** A run that may be a deployment, in the words of the source that tells it. */
export interface Run {
  source: string;
  event: string;
  repository: string;
  name: string;
  branch?: string | undefined;
}

/** Where a run deploys to, and which pipeline, if a rule says that too. */
type Destination = { environment: string } & Pick<Telling, 'deployed'>;

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

  /** What is told, by the names that it has here: an event of each pipeline that it is about. */
  applied(source: string, { files, labels, deployed, ...told }: Telling): EventBody[] {
    const { pipeline_id, environment } = told;
    const event = { ...told, ...(environment ? { environment: this.environmentOf(environment) } : {}) };
    if (deployed !== undefined) return [{ ...event, pipeline_id: deployed }];
    const monorepo = this.monorepoOf(source, pipeline_id);
    if (monorepo !== undefined) return eventsOfEach(monorepo.pipelines, event, { files, labels });
    return [{ ...event, pipeline_id: this.pipelineOf(source, pipeline_id) }];
  }

  monorepoOf(source: string, repository: string): MonorepoRule | undefined {
    return this.rules.monorepos.find((rule) => isOf(source, rule.source) && names(rule.repository, repository));
  }

  /** A rule knows better than the repository, whose default branch need not be the one that is delivered from. */
  defaultBranchOf(repository: string, told: string): string {
    return this.rules.default_branches.find((rule) => names(rule.repository, repository))?.branch ?? told;
  }

  /** Undefined: no rule says that the run deploys. */
  deploysTo({ source, event, repository, name, branch }: Run): Destination | undefined {
    const rule = this.rules.deployments.find(
      (one) =>
        isOf(source, one.source) &&
        one.event === event &&
        names(one.repository, repository) &&
        names(one.name, name) &&
        (one.branch === undefined || (branch !== undefined && names(one.branch, branch))),
    );
    return rule && { environment: rule.environment, deployed: rule.pipeline_id };
  }

  get incident_labels(): readonly string[] {
    return this.rules.incident_labels;
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
