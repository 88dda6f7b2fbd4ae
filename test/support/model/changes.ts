import { familyOf } from './commits.js';
import type { Commit } from './commits.js';
import { byFinish, finished } from './deployments.js';
import type { Carriers, Deployment, Finished } from './deployments.js';
import { least } from './event.js';
import type { Time } from './event.js';
import { timeIn } from './reviews.js';

/** A change, the deployment that first carried it to an environment, and the times it took. */
export interface DeploymentChange {
  commit_id: string;
  environment: string;
  deployment_id: string;
  finished_at: Time;
  left_out: 'before_baseline' | 'unknown_commit' | 'negative_span' | null;
  bot: boolean;
  no_review: boolean;
  skewed: boolean;
  total_seconds: number | null;
  review_seconds: number | null;
  deployment_seconds: number | null;
  commit_to_deploy_seconds: number | null;
  rework: boolean;
}

/** "Negative by at most 5 minutes counts as 0", in milliseconds. */
const SKEW = -5 * 60 * 1000;

export function changesOf(
  environment: string,
  there: Deployment[],
  carriers: Carriers,
  commits: Commit[],
): DeploymentChange[] {
  const baseline = finished(there, 'success')[0];
  return commits
    .filter((commit) => commit.alias_of === null && !commit.outside)
    .flatMap((change) => {
      const family = familyOf(change.commit_id, commits);
      const carrier = family.flatMap((commit) => carriers.get(commit) ?? []).toSorted(byFinish)[0];
      if (carrier === undefined) return [];
      const named = family.some((commit) => carrier.commits.includes(commit));
      const before = carrier === baseline && !named;
      return [changeOf(environment, change, carrier, before)];
    });
}

function changeOf(environment: string, change: Commit, carrier: Finished, beforeBaseline: boolean): DeploymentChange {
  const head = {
    commit_id: change.commit_id,
    environment,
    deployment_id: carrier.deployment_id,
    finished_at: carrier.finished_at,
    bot: change.bot,
  };
  const rework = change.rework && !beforeBaseline;
  if (beforeBaseline) return { ...head, rework, ...leftOut('before_baseline') };
  if (change.committed_at === null) return { ...head, rework, ...leftOut('unknown_commit') };
  return {
    ...head,
    rework,
    ...spans(change.committed_at, change, carrier.finished_at),
  };
}

type Spans = Omit<DeploymentChange, 'commit_id' | 'environment' | 'deployment_id' | 'finished_at' | 'bot' | 'rework'>;

function leftOut(reason: DeploymentChange['left_out']): Spans {
  return {
    left_out: reason,
    no_review: false,
    skewed: false,
    total_seconds: null,
    review_seconds: null,
    deployment_seconds: null,
    commit_to_deploy_seconds: null,
  };
}

/** Review and deployment add up to total, whatever the clocks said. */
function spans(committed: Time, change: Commit, finish: Time): Spans {
  const submitted = change.submitted_at!;
  const total = finish - submitted;
  const commitToDeploy = finish - committed;
  if (total < SKEW || commitToDeploy < SKEW) return leftOut('negative_span');
  const approval = least([change.approved_at, change.review_approved_at]);
  const approved = Math.max(submitted, Math.min(approval ?? submitted, finish));
  const drafted = timeIn(change.draft_spans, submitted, approved);
  return {
    left_out: null,
    no_review: approval === null,
    skewed: total < 0 || commitToDeploy < 0,
    total_seconds: (Math.max(0, total) - drafted) / 1000,
    review_seconds: total < 0 ? 0 : (approved - submitted - drafted) / 1000,
    deployment_seconds: total < 0 ? 0 : (finish - approved) / 1000,
    commit_to_deploy_seconds: Math.max(0, commitToDeploy) / 1000,
  };
}
