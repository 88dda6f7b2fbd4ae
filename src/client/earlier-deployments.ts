import type { DeploymentPage, DeploymentView } from '../deployments/deployment.view.js';
import type { PipelinePage } from '../pipelines/pipeline.view.js';
import type { ServiceClient } from './service-client.js';

/** Which environment of which pipeline; before when, and beside which deployment. */
export interface Place {
  pipeline_id: string;
  environment: string;
  /** RFC 3339; absent: up to now. */
  before?: string;
  /** This deployment itself, which may have been told before. */
  except?: string | null;
}

export interface EarlierDeployments {
  /** The commit of the last successful deployment; null: there is none. */
  last: string | null;
  /** That of the first one. */
  baseline: string | null;
}

export async function earlierDeployments(service: ServiceClient, place: Place): Promise<EarlierDeployments> {
  const last = await lastSuccess(service, place);
  if (last === null) return { last: null, baseline: null };
  const baseline = last.baseline ? last : await baselineOf(service, place);
  return { last: last.commit_id, baseline: baseline?.commit_id ?? null };
}

async function lastSuccess(service: ServiceClient, place: Place): Promise<DeploymentView | null> {
  const query = queryOf(place);
  if (place.before !== undefined) query.set('to', place.before);
  for (;;) {
    const { items, next } = await service.get<DeploymentPage>(`/deployments?${query.toString()}`);
    const found = items.find(({ status, deployment_id }) => status === 'success' && deployment_id !== place.except);
    if (found !== undefined || next === null) return found ?? null;
    query.set('cursor', next);
  }
}

async function baselineOf(service: ServiceClient, place: Place): Promise<DeploymentView | null> {
  const pipeline = encodeURIComponent(place.pipeline_id);
  const { items } = await service.get<PipelinePage>(`/pipelines?pipeline=${pipeline}`);
  const environment = items[0]?.environments.find((one) => one.environment === place.environment);
  const { baseline_finished_at: at = null, baseline_deployment_id: id } = environment ?? {};
  if (at === null) return null;
  const query = queryOf(place);
  query.set('from', at);
  query.set('to', new Date(Date.parse(at) + 1).toISOString());
  const page = await service.get<DeploymentPage>(`/deployments?${query.toString()}`);
  return page.items.find(({ deployment_id }) => deployment_id === id) ?? null;
}

function queryOf({ pipeline_id, environment }: Place): URLSearchParams {
  return new URLSearchParams({ pipeline: pipeline_id, environment });
}
