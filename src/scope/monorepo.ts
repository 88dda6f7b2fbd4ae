import type { EventBody } from '../events/event.js';
import type { Telling } from '../events/telling.js';
import { matcherOf } from './glob.js';
import type { MonorepoPipeline } from './monorepo-rule.js';

type Clues = Pick<Telling, 'files' | 'labels'>;

/**
 * What is told of a repository that has several pipelines, as it is told of each that it is about. A commit is told to all,
 * since what a deployment carries is found by the ancestry of its commit; those that it does not change are told so
 * (doc/adr/0016).
 */
export function eventsOfEach(pipelines: readonly MonorepoPipeline[], event: EventBody, clues: Clues): EventBody[] {
  return concerned(pipelines, event, clues).map(({ pipeline_id, paths }) => ({
    ...event,
    pipeline_id,
    ...(event.type === 'commit' && isOutside(paths, clues.files) ? { outside: true } : {}),
  }));
}

/** What is not known to be elsewhere may be here. */
function isOutside(paths: readonly string[], files: readonly string[] | undefined): boolean {
  if (files === undefined) return false;
  const matchers = paths.map(matcherOf);
  return !files.some((file) => matchers.some((matches) => matches(file)));
}

/**
 * An incident is one of the pipelines that its labels name. That it is over is told of all, for it may have been labelled
 * after it was told: of one that it was never told of, that says nothing.
 */
function concerned(
  pipelines: readonly MonorepoPipeline[],
  { type, status }: EventBody,
  { labels = [] }: Clues,
): readonly MonorepoPipeline[] {
  if (type !== 'incident_status_change' || status === 'success') return pipelines;
  const told = new Set(labels.map((label) => label.toLowerCase()));
  const named = pipelines.filter(({ pipeline_id }) => told.has(pipeline_id.toLowerCase()));
  return named.length > 0 ? named : pipelines;
}
