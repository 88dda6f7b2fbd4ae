import type { Payload } from '../payload.js';
import type { ToldPullRequest } from '../review-events.js';
import { pipelineOf } from './project.js';

export function identityOf(payload: Payload): ToldPullRequest {
  return {
    pipeline_id: pipelineOf(payload),
    pull_request_id: payload.at('object_attributes', 'iid').integer(),
    url: payload.at('object_attributes', 'url').optionalText(),
  };
}
