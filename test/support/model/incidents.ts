import { familyOf } from './commits.js';
import type { Commit } from './commits.js';
import { finished } from './deployments.js';
import type { Deployment, Finished } from './deployments.js';
import { byBytes, byTime, grouped, least, statusOf, timeOf } from './event.js';
import type { ModelEvent, Time } from './event.js';

export interface Incident {
  incident_id: string;
  environment: string;
  state: 'open' | 'resolved';
  opened_at: Time;
  resolved_at: Time | null;
  cause_method: 'explicit' | 'window' | 'none';
  cause_environment: string | null;
  cause_deployment_id: string | null;
}

interface Told {
  incident_id: string;
  environment: string;
  opened_at: Time;
  resolved_at: Time | null;
  blamedDeployment: string | undefined;
  blamedCommit: string | undefined;
}

export function incidentsOf(
  events: ModelEvent[],
  deployments: Deployment[],
  commits: Commit[],
  windowSeconds: number,
): Incident[] {
  const reports = events.filter((event) => event.type === 'incident_status_change');
  return grouped(reports, (event) => event.incident_id!)
    .flatMap(([incidentId, own]) => toldOf(incidentId, own.toSorted(byTime)))
    .map((told) => {
      const explicit = blamedDeployment(told, deployments) ?? blamedCommit(told, deployments, commits);
      const cause = explicit ?? lastInWindow(told, deployments, windowSeconds);
      return {
        incident_id: told.incident_id,
        environment: told.environment,
        state: told.resolved_at === null ? 'open' : 'resolved',
        opened_at: told.opened_at,
        resolved_at: told.resolved_at,
        cause_method: explicit ? 'explicit' : cause ? 'window' : 'none',
        cause_environment: cause?.environment ?? null,
        cause_deployment_id: cause?.deployment_id ?? null,
      };
    });
}

function toldOf(incidentId: string, events: ModelEvent[]): Told[] {
  const times = (status: string): Time[] =>
    events.filter((event) => statusOf(event) === status).map((event) => timeOf(event));
  const failures = times('failure');
  if (failures.length === 0) return [];
  const after = times('success').filter((time) => time >= Math.max(...failures));
  const named = (field: 'environment' | 'deployment_id' | 'commit_id'): string | undefined =>
    events.find((event) => event[field] !== undefined)?.[field];
  return [
    {
      incident_id: incidentId,
      environment: named('environment') ?? 'production',
      opened_at: Math.min(...failures),
      resolved_at: least(after),
      blamedDeployment: named('deployment_id'),
      blamedCommit: named('commit_id'),
    },
  ];
}

function blamedDeployment(told: Told, deployments: Deployment[]): Finished | undefined {
  const known = finished(deployments, 'success', 'failure')
    .filter((deployment) => deployment.deployment_id === told.blamedDeployment)
    .toSorted((a, b) => byBytes(a.environment, b.environment));
  return known.find((deployment) => deployment.environment === told.environment) ?? known[0];
}

function blamedCommit(told: Told, deployments: Deployment[], commits: Commit[]): Finished | undefined {
  if (told.blamedCommit === undefined) return undefined;
  const known = commits.find((commit) => commit.commit_id === told.blamedCommit);
  const family = familyOf(known?.alias_of ?? told.blamedCommit, commits);
  return successesBefore(told, deployments)
    .filter((deployment) => deployment.commits.some((commit) => family.includes(commit)))
    .at(-1);
}

function lastInWindow(told: Told, deployments: Deployment[], windowSeconds: number): Finished | undefined {
  if (windowSeconds === 0) return undefined;
  return successesBefore(told, deployments)
    .filter((deployment) => deployment.finished_at >= told.opened_at - windowSeconds * 1000)
    .at(-1);
}

function successesBefore(told: Told, deployments: Deployment[]): Finished[] {
  return finished(deployments, 'success').filter(
    (deployment) => deployment.environment === told.environment && deployment.finished_at <= told.opened_at,
  );
}
