import type { Scope } from '../../scope/scope.js';
import type { Payload } from '../payload.js';
import { releaseEvents } from '../release-events.js';
import type { Reading } from '../webhook-source.js';
import { pipelineOf } from './repository.js';

/** A release deploys where a rule says so of its tag. */
export function readRelease(payload: Payload, scope: Scope): Reading {
  if (payload.at('action').text() !== 'published') return { ignored: 'action_not_used' };
  const release = payload.at('release');
  if (release.at('draft').flag()) return { ignored: 'draft' };
  const repository = pipelineOf(payload);
  const events = releaseEvents(release, { source: 'gitea', repository, pipeline_id: repository }, scope);
  return events === undefined ? { ignored: 'not_a_deployment' } : { events };
}
