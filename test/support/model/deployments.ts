import { byBytes, byTime, grouped, statusOf, timeOf } from './event.js';
import type { EventStatus, ModelEvent, Time } from './event.js';

export interface Deployment {
  environment: string;
  deployment_id: string;
  status: EventStatus;
  started_at: Time;
  finished_at: Time | null;
  commit_id: string;
  commits: string[];
  /** What its events say of it, before it is seen beside other deployments. */
  flagged: { rollback: boolean; rework: boolean };
}

export type Finished = Deployment & { finished_at: Time };

const STATUSES: EventStatus[] = ['success', 'failure', 'canceled', 'in_progress'];

export function deploymentsOf(events: ModelEvent[]): Deployment[] {
  const deploys = events.filter((event) => event.type === 'deploy');
  return grouped(deploys, (event) => event.environment!).flatMap(([environment, there]) =>
    grouped(there, (event) => event.deployment_id ?? event.id).map(([deploymentId, own]) =>
      deploymentOf(environment, deploymentId, own.toSorted(byTime)),
    ),
  );
}

function deploymentOf(environment: string, deploymentId: string, events: ModelEvent[]): Deployment {
  const status = STATUSES.find((one) => events.some((event) => statusOf(event) === one))!;
  const names = events.flatMap((event) => [event.commit_id!, ...(event.commits ?? [])]);
  return {
    environment,
    deployment_id: deploymentId,
    status,
    started_at: timeOf(events[0]!),
    finished_at: status === 'in_progress' ? null : timeOf(events.find((event) => statusOf(event) === status)!),
    commit_id: events[0]!.commit_id!,
    commits: [...new Set(names)].toSorted(byBytes),
    flagged: {
      rollback: events.some((event) => event.rollback === true),
      rework: events.some((event) => event.rework === true),
    },
  };
}

/** "Before", "latest" and "next" order finished deployments by (`finished_at`, `deployment_id`). */
export const byFinish = (a: Finished, b: Finished): number =>
  a.finished_at - b.finished_at || byBytes(a.deployment_id, b.deployment_id);

export const isFinished = (deployment: Deployment): deployment is Finished => deployment.finished_at !== null;

/** In order, those with one of the statuses. */
export function finished(deployments: Deployment[], ...statuses: EventStatus[]): Finished[] {
  return deployments
    .filter(isFinished)
    .filter((one) => statuses.includes(one.status))
    .toSorted(byFinish);
}

/** SHA → the first successful deployment that contains it. All deployments are to one environment. */
export type Carriers = Map<string, Finished>;

export function carriersOf(there: Deployment[], events: ModelEvent[]): Carriers {
  const carriers: Carriers = new Map();
  for (const deployment of finished(there, 'success'))
    for (const commit of containedIn(deployment.commits, events))
      if (!carriers.has(commit)) carriers.set(commit, deployment);
  return carriers;
}

/** A commit contains itself and, through parents, every commit known to come before it. */
function containedIn(names: string[], events: ModelEvent[]): Set<string> {
  const contained = new Set(names);
  for (let size = -1; size !== contained.size;) {
    size = contained.size;
    for (const event of events)
      if (tellsOfCommit(event) && contained.has(event.commit_id!))
        for (const parent of event.parents ?? []) contained.add(parent);
  }
  return contained;
}

/** "Only events of status success count here." */
export function tellsOfCommit(event: ModelEvent): boolean {
  return ['commit', 'submit', 'approve'].includes(event.type) && statusOf(event) === 'success';
}

export interface Kinds {
  rollback: boolean;
  rework: boolean;
}

/** Rollback and rework of a successful or failed deployment, beside the others of its environment. */
export function kindsOf(
  deployment: Deployment,
  there: Deployment[],
  carriers: Carriers,
  carriesRework: boolean,
): Kinds {
  if (!isFinished(deployment) || deployment.status === 'canceled') return { rollback: false, rework: false };
  const rollback = deployment.flagged.rollback || bringsBackOlder(deployment, there, carriers);
  return { rollback, rework: deployment.flagged.rework || rollback || carriesRework };
}

function bringsBackOlder(deployment: Finished, there: Deployment[], carriers: Carriers): boolean {
  const replaced = finished(there, 'success')
    .filter((other) => byFinish(other, deployment) < 0)
    .at(-1);
  const carrier = carriers.get(deployment.commit_id);
  if (replaced === undefined || carrier === undefined) return false;
  return byFinish(carrier, carriers.get(replaced.commit_id)!) < 0;
}
