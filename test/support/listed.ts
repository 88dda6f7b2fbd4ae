import { byBytes, statusOf, timeOf } from './model/event.js';
import type { ModelEvent, Time } from './model/event.js';
import type { Facts } from './model/facts.js';
import type { Query } from './model/metrics.js';

/** A row of a list, as the model has it, and what lists are filtered and ordered by. */
export interface Listed {
  pipeline_id: string;
  environments: string[];
  at: Time | null;
  /** What lasts is in a range that begins before this; else it is where its time is. */
  over?: Time;
  /** What orders rows of one time. */
  ids: string[];
  row: object;
}

type Source = (known: Facts, events: ModelEvent[]) => Listed[];

/** Every list of the API, by its path. */
export const LISTS: Record<string, Source> = {
  '/commits': (known, events) =>
    known.commits.map(({ review_approved_at: _review, draft_spans: _drafts, ...commit }) => {
      const change = commit.alias_of ?? commit.commit_id;
      const carried = known.deploymentChanges.filter(
        (one) => one.pipeline_id === commit.pipeline_id && one.commit_id === change,
      );
      return {
        pipeline_id: commit.pipeline_id,
        environments: carried.map((one) => one.environment),
        at: commit.committed_at,
        ids: [commit.commit_id],
        row: {
          ...commit,
          state: carried.length > 0 ? 'deployed' : stateOf(commit.pipeline_id, change, known, events),
        },
      };
    }),
  '/deployments': (known) =>
    known.deployments.map(({ flagged: _flagged, ...deployment }) => ({
      pipeline_id: deployment.pipeline_id,
      environments: [deployment.environment],
      at: deployment.finished_at ?? deployment.started_at,
      ids: [deployment.deployment_id, deployment.environment],
      row: { ...deployment, ...aroundOf(deployment, known) },
    })),
  '/incidents': (known) =>
    known.incidents.map((incident) => ({
      pipeline_id: incident.pipeline_id,
      environments: [incident.environment],
      at: incident.opened_at,
      over: incident.resolved_at ?? Infinity,
      ids: [incident.incident_id],
      row: incident,
    })),
  '/events': (_known, events) =>
    events.map((event) => ({
      pipeline_id: event.pipeline_id,
      environments: event.environment === undefined ? [] : [event.environment],
      at: timeOf(event),
      ids: [event.id],
      row: { ...event, status: statusOf(event) },
    })),
};

/** What a deployment brought and caused. */
function aroundOf(
  {
    pipeline_id,
    environment,
    deployment_id,
  }: Pick<Facts['deployments'][number], 'pipeline_id' | 'environment' | 'deployment_id'>,
  known: Facts,
): object {
  const isHere = (one: { pipeline_id: string; environment: string | null }): boolean =>
    one.pipeline_id === pipeline_id && one.environment === environment;
  return {
    baseline: known.environments.some((one) => isHere(one) && one.baseline_deployment_id === deployment_id),
    carried_count: known.deploymentChanges.filter((one) => isHere(one) && one.deployment_id === deployment_id).length,
    incidents: known.incidents
      .filter((one) => isHere({ ...one, environment: one.cause_environment }))
      .filter((one) => one.cause_deployment_id === deployment_id)
      .map((one) => one.incident_id),
  };
}

/** Of a change that is deployed nowhere. */
function stateOf(pipeline_id: string, change: string, known: Facts, events: ModelEvent[]): string {
  const family = known.commits.filter(
    (one) => one.pipeline_id === pipeline_id && [one.commit_id, one.alias_of].includes(change),
  );
  if (family.some((one) => one.commit_id === change && one.approved_at !== null)) return 'approved';
  const submitted = events.some(
    (event) =>
      event.pipeline_id === pipeline_id &&
      event.type === 'submit' &&
      statusOf(event) === 'success' &&
      family.some((one) => one.commit_id === event.commit_id),
  );
  return submitted ? 'submitted' : 'committed';
}

/** What the query leaves of them, newest first; a range leaves out what has no time. */
export function narrowed(
  listed: Listed[],
  query: Pick<Query, 'pipelines' | 'environments'> & Partial<Query>,
): Listed[] {
  const { pipelines, environments, from, to } = query;
  return listed
    .filter((one) => pipelines.includes(one.pipeline_id))
    .filter((one) => environments === undefined || one.environments.some((name) => environments.includes(name)))
    .filter((one) => (from ?? to) === undefined || (one.at !== null && (one.over ?? one.at) >= from! && one.at < to!))
    .toSorted((a, b) => newestFirst(a, b));
}

function newestFirst(a: Listed, b: Listed): number {
  const times = (b.at ?? -Infinity) - (a.at ?? -Infinity);
  if (a.at !== b.at) return times;
  for (const [index, id] of a.ids.entries()) if (id !== b.ids[index]) return byBytes(b.ids[index]!, id);
  return byBytes(b.pipeline_id, a.pipeline_id);
}
