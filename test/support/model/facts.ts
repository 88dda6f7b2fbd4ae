import { changesOf } from './changes.js';
import type { DeploymentChange } from './changes.js';
import { commitsOf } from './commits.js';
import type { Commit } from './commits.js';
import { byFinish, carriersOf, deploymentsOf, finished, isFinished, kindsOf } from './deployments.js';
import type { Deployment, Finished, Kinds } from './deployments.js';
import { distinct, grouped } from './event.js';
import type { ModelEvent, Time } from './event.js';
import { incidentsOf } from './incidents.js';
import type { Incident } from './incidents.js';
import type { Approval } from './reviews.js';

export interface Settings {
  botAuthors: RegExp;
  incidentWindowSeconds: number;
  approval: Approval;
}

export const DEFAULTS: Settings = {
  botAuthors: /\[bot\]$|^dependabot|^renovate/,
  incidentWindowSeconds: 24 * 60 * 60,
  approval: 'merge',
};

export type FailureReason = 'status' | 'incident' | 'rollback';
export type Of<Fact> = Fact & { pipeline_id: string };

export interface DeploymentFact extends Deployment, Kinds {
  failed_by: FailureReason[];
  recovered_at: Time | null;
  recovery_seconds: number | null;
}

export interface Environment {
  environment: string;
  baseline_deployment_id: string;
  baseline_finished_at: Time;
}

export interface Facts {
  commits: Of<Commit>[];
  deployments: Of<DeploymentFact>[];
  deploymentChanges: Of<DeploymentChange>[];
  incidents: Of<Incident>[];
  environments: Of<Environment>[];
}

/** Everything that the events, in whatever order and number, amount to. Pipelines know nothing of each other. */
export function facts(events: ModelEvent[], settings: Settings = DEFAULTS): Facts {
  const pipelines = grouped(distinct(events), (event) => event.pipeline_id).map(([pipeline_id, own]) => ({
    pipeline_id,
    own: pipelineFacts(own, settings),
  }));
  const all = <Fact>(pick: (own: PipelineFacts) => Fact[]): Of<Fact>[] =>
    pipelines.flatMap(({ pipeline_id, own }) => pick(own).map((fact) => ({ pipeline_id, ...fact })));
  return {
    commits: all((own) => own.commits),
    deployments: all((own) => own.deployments),
    deploymentChanges: all((own) => own.deploymentChanges),
    incidents: all((own) => own.incidents),
    environments: all((own) => own.environments),
  };
}

type PipelineFacts = ReturnType<typeof pipelineFacts>;

function pipelineFacts(events: ModelEvent[], settings: Settings) {
  const deployments = deploymentsOf(events);
  const commits = commitsOf(events, deployments, settings.botAuthors, settings.approval);
  const incidents = incidentsOf(events, deployments, commits, settings.incidentWindowSeconds);
  const environments = grouped(deployments, (deployment) => deployment.environment).map(([environment, there]) => ({
    environment,
    there,
    carriers: carriersOf(there, events),
  }));
  const changes = environments.flatMap(({ environment, there, carriers }) =>
    changesOf(environment, there, carriers, commits),
  );
  const carriesRework = ({ environment, deployment_id }: Deployment): boolean =>
    changes.some(
      (change) => change.rework && change.environment === environment && change.deployment_id === deployment_id,
    );
  return {
    commits,
    incidents,
    environments: environments.flatMap(({ environment, there }) =>
      baselineOf(environment, finished(there, 'success')[0]),
    ),
    deploymentChanges: changes,
    deployments: environments.flatMap(({ there, carriers }) => {
      const kinds = new Map(there.map((one) => [one, kindsOf(one, there, carriers, carriesRework(one))]));
      return there.map((deployment) => deploymentFact(deployment, kinds, incidents));
    }),
  };
}

function baselineOf(environment: string, first: Finished | undefined): Environment[] {
  if (first === undefined) return [];
  const { deployment_id, finished_at } = first;
  return [{ environment, baseline_deployment_id: deployment_id, baseline_finished_at: finished_at }];
}

function deploymentFact(deployment: Deployment, kinds: Map<Deployment, Kinds>, incidents: Incident[]): DeploymentFact {
  const next = nextSuccess(deployment, [...kinds.keys()]);
  const caused = incidents.filter(
    (incident) =>
      incident.cause_environment === deployment.environment &&
      incident.cause_deployment_id === deployment.deployment_id,
  );
  const failed_by: FailureReason[] = [];
  if (deployment.status === 'failure') failed_by.push('status');
  if (caused.length > 0) failed_by.push('incident');
  if (deployment.status === 'success' && next && kinds.get(next)!.rollback) failed_by.push('rollback');
  const recovered_at = recoveredAt(failed_by, next, caused);
  return {
    ...deployment,
    ...kinds.get(deployment)!,
    failed_by,
    recovered_at,
    recovery_seconds: recovered_at === null ? null : Math.max(0, recovered_at - deployment.finished_at!) / 1000,
  };
}

function nextSuccess(deployment: Deployment, there: Deployment[]): Finished | undefined {
  if (!isFinished(deployment)) return undefined;
  return finished(there, 'success').find((other) => byFinish(other, deployment) > 0);
}

/** When the last of what has to happen has happened; null while one of it is missing. */
function recoveredAt(reasons: FailureReason[], next: Finished | undefined, caused: Incident[]): Time | null {
  const replaces = reasons.some((reason) => reason === 'status' || reason === 'rollback');
  const ends = [...(replaces ? [next?.finished_at ?? null] : []), ...caused.map((incident) => incident.resolved_at)];
  const known = ends.filter((end) => end !== null);
  return known.length === 0 || known.length < ends.length ? null : Math.max(...known);
}
