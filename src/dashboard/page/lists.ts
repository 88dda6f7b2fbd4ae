import type { Page, Pipeline } from './api/answers.js';
import { get } from './api/api.js';
import type { Context } from './context.js';

/** A page of the facts that the metrics beside it are of. */
export async function listFacts<Fact>(
  path: 'deployments' | 'incidents',
  { choice, summary: { from, to }, pipelines, signal }: Context,
  limit: number,
  cursor?: string,
): Promise<Page<Fact>> {
  const environment = choice.environments.length > 0 ? choice.environments : productionOf(pipelines, choice.pipelines);
  // To a list, no environment means any.
  if (environment.length === 0) return { items: [], count: 0, limit, next: null };
  return get(path, { pipeline: choice.pipelines, environment, from, to, limit, cursor }, signal);
}

/** What metrics are of unless something is chosen, which lists must be told by name. */
function productionOf(pipelines: readonly Pipeline[], chosen: readonly string[]): string[] {
  const some = pipelines.filter(({ pipeline_id }) => chosen.length === 0 || chosen.includes(pipeline_id));
  const named = some.flatMap(({ environments }) => environments).filter(({ production }) => production);
  return [...new Set(named.map(({ environment }) => environment))];
}
