import type { Scope } from '../../scope/scope.js';
import type { Payload } from '../payload.js';
import { releaseEvents } from '../release-events.js';
import type { Reading } from '../webhook-source.js';
import { pipelineOf } from './repository.js';

/** A release deploys where a rule says so of its tag. */
export function readRelease(payload: Payload, pipeline_id: string, scope: Scope): Reading {
  if (payload.at('action').text() !== 'published') return { ignored: 'action_not_used' };
  const of = { source: 'github', repository: pipelineOf(payload, 'full_name'), pipeline_id };
  const events = releaseEvents(payload.at('release'), of, scope);
  return events === undefined ? { ignored: 'not_a_deployment' } : { events };
}
