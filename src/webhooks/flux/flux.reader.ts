import type { EventStatus } from '../../events/event.js';
import { deployEvents } from '../deploy-events.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';
import { commitOfRevision } from './revision.js';

/** What puts something into a cluster. Sources, charts and images are only on their way there. */
const DEPLOYING = new Set(['Kustomization', 'HelmRelease']);

/** By the reasons of the kustomize and the helm controller. */
const STATUSES: ReadonlyMap<string, EventStatus> = new Map([
  ['Progressing', 'in_progress'],
  ['ReconciliationSucceeded', 'success'],
  ['InstallSucceeded', 'success'],
  ['UpgradeSucceeded', 'success'],
  ['RollbackSucceeded', 'success'],
  ['ReconciliationFailed', 'failure'],
  ['BuildFailed', 'failure'],
  ['ValidationFailed', 'failure'],
  ['PruneFailed', 'failure'],
  ['HealthCheckFailed', 'failure'],
  ['InstallFailed', 'failure'],
  ['UpgradeFailed', 'failure'],
  ['TestFailed', 'failure'],
  ['RollbackFailed', 'failure'],
]);

/** An event of the notification controller. */
export function readFlux(payload: Payload): Reading {
  const kind = payload.at('involvedObject', 'kind').text();
  if (!DEPLOYING.has(kind)) return { ignored: 'kind_not_used' };
  const reason = payload.at('reason').text();
  const status = STATUSES.get(reason);
  if (status === undefined) return { ignored: 'reason_not_used' };
  const environment = metadataOf(payload, 'environment') ?? metadataOf(payload, 'summary');
  if (environment === undefined) return { ignored: 'no_environment' };
  const revision = metadataOf(payload, 'originRevision') ?? metadataOf(payload, 'revision');
  const commit_id = metadataOf(payload, 'commit') ?? revision;
  if (commit_id === undefined) return { ignored: 'no_commit' };
  return deployment(payload, status, { environment, commit_id, revision, rolled_back: reason === 'RollbackSucceeded' });
}

interface Told {
  environment: string;
  commit_id: string;
  revision: string | undefined;
  rolled_back: boolean;
}

function deployment(payload: Payload, status: EventStatus, told: Told): Reading {
  const { environment, revision, rolled_back } = told;
  const object = payload.at('involvedObject');
  const name = object.at('name').text();
  const at = payload.at('timestamp').time();
  const object_id = [object.at('kind').text(), object.at('namespace').text(), name].join('/');
  const event = {
    pipeline_id: metadataOf(payload, 'pipeline') ?? name,
    environment,
    commit_id: commitOfRevision(told.commit_id),
    // Whatever is told of a revision is one deployment, but the return to an earlier one is another than its first.
    deployment_id: `${object_id}@${revision ?? told.commit_id}${rolled_back ? ` again at ${at}` : ''}`,
    ...(rolled_back ? { rollback: true } : {}),
  };
  return { events: deployEvents(event, { status, at }) };
}

/** The controller takes the group off the names of metadata; one that did not is read as well. */
function metadataOf(payload: Payload, name: string): string | undefined {
  const [group = ''] = (payload.at('involvedObject', 'apiVersion').optionalText() ?? '').split('/');
  const metadata = payload.at('metadata');
  return metadata.at(name).optionalText() ?? metadata.at(`${group}/${name}`).optionalText();
}
