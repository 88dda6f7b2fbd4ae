import { least } from './event.js';
import type { Time } from './event.js';
import type { FailureReason, Facts } from './facts.js';

export interface Query {
  pipelines: string[];
  /** Those that are named; none: the production ones. */
  environments?: string[];
  from: Time;
  to: Time;
  timeZone?: string;
  bots?: boolean;
  productionEnvironments?: RegExp;
}

export interface Statistics {
  count: number;
  mean: number | null;
  median: number | null;
  p90: number | null;
}

/** The numbers of `GET /dora/summary`, levels aside. */
export function metrics(facts: Facts, query: Query) {
  const selected = select(facts, query);
  const inRange = (time: Time | null): boolean => time !== null && query.from <= time && time < query.to;
  const finished = selected.deployments.filter((one) => inRange(one.finished_at));
  const failed = finished.filter((one) => one.failed_by.length > 0);
  const reason = (name: FailureReason): number => failed.filter((one) => one.failed_by.includes(name)).length;
  const recoveries = failed.flatMap((one) => one.recovery_seconds ?? []);
  const rework = finished.filter((one) => one.rework).length;
  return {
    deployment_frequency: deploymentFrequency(finished, failed.length, query),
    lead_time: leadTime(selected.changes.filter((one) => inRange(one.finished_at))),
    time_to_restore: {
      ...statistics(
        selected.incidents
          .filter((one) => inRange(one.resolved_at))
          .map((one) => (one.resolved_at! - one.opened_at) / 1000),
      ),
      open: selected.incidents.filter((one) => one.opened_at < query.to && (one.resolved_at ?? Infinity) >= query.to)
        .length,
    },
    change_failure_rate: {
      deployments: finished.length,
      failed: failed.length,
      rate: ratio(failed.length, finished.length),
      failed_by: {
        status: reason('status'),
        incident: reason('incident'),
        rollback: reason('rollback'),
      },
    },
    failed_deployment_recovery_time: {
      ...statistics(recoveries),
      unrecovered: failed.length - recoveries.length,
    },
    rework_rate: { deployments: finished.length, rework, rate: ratio(rework, finished.length) },
    work_waiting: workWaiting(facts, query),
  };
}

export type Summary = ReturnType<typeof metrics>;

const PRODUCTION = /^(prod|production|live)$/i;

function isSelected(query: Query): (row: { pipeline_id: string; environment: string }) => boolean {
  return ({ pipeline_id, environment }) =>
    query.pipelines.includes(pipeline_id) &&
    (query.environments?.includes(environment) ?? (query.productionEnvironments ?? PRODUCTION).test(environment));
}

function select(facts: Facts, query: Query) {
  const selected = isSelected(query);
  return {
    deployments: facts.deployments
      .filter(selected)
      .filter((one) => one.status === 'success' || one.status === 'failure'),
    changes: facts.deploymentChanges
      .filter(selected)
      .filter((one) => one.left_out === null && (query.bots || !one.bot)),
    incidents: facts.incidents.filter(selected),
  };
}

function deploymentFrequency(finished: Facts['deployments'], failed: number, query: Query) {
  const successful = finished.filter((one) => one.status === 'success');
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: query.timeZone ?? 'UTC' });
  return {
    deployments: finished.length,
    successful: successful.length,
    failed,
    per_day: successful.length / ((query.to - query.from) / (24 * 60 * 60 * 1000)),
    days_with_deployment: new Set(successful.map((one) => format.format(one.finished_at!))).size,
  };
}

function leadTime(changes: Facts['deploymentChanges']) {
  const reviewed = changes.filter((one) => !one.no_review);
  return {
    count: changes.length,
    total: statistics(changes.map((one) => one.total_seconds!)),
    review: statistics(reviewed.map((one) => one.review_seconds!)),
    deployment: statistics(changes.map((one) => one.deployment_seconds!)),
    commit_to_deploy: statistics(changes.map((one) => one.commit_to_deploy_seconds!)),
  };
}

function workWaiting(facts: Facts, query: Query) {
  const selected = isSelected(query);
  const ages = facts.commits
    .filter((commit) => query.pipelines.includes(commit.pipeline_id) && commit.alias_of === null)
    .filter((commit) => query.bots || !commit.bot)
    .filter((commit) => {
      const baseline = least(
        facts.environments
          .filter((one) => selected(one) && one.pipeline_id === commit.pipeline_id)
          .map((one) => one.baseline_finished_at),
      );
      const landed = commit.landed_at;
      return landed !== null && baseline !== null && baseline < landed && landed < query.to;
    })
    .filter(
      (commit) =>
        !facts.deploymentChanges.some(
          (one) =>
            selected(one) &&
            one.pipeline_id === commit.pipeline_id &&
            one.commit_id === commit.commit_id &&
            one.finished_at < query.to,
        ),
    )
    .map((commit) => (query.to - commit.landed_at!) / 1000);
  const { count, median } = statistics(ages);
  return { count, oldest: count === 0 ? null : Math.max(...ages), median };
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

export function statistics(values: number[]): Statistics {
  const sorted = values.toSorted((a, b) => a - b);
  const sum = sorted.reduce((total, value) => total + value, 0);
  return {
    count: sorted.length,
    mean: ratio(sum, sorted.length),
    median: percentile(sorted, 0.5),
    p90: percentile(sorted, 0.9),
  };
}

/** As `percentile_cont`: linear between the two nearest values. */
function percentile(sorted: number[], fraction: number): number | null {
  if (sorted.length === 0) return null;
  const position = fraction * (sorted.length - 1);
  const below = sorted[Math.floor(position)]!;
  const above = sorted[Math.ceil(position)]!;
  return below + (above - below) * (position - Math.floor(position));
}
