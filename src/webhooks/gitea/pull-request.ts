import type { Payload } from '../payload.js';
import type { ToldPullRequest } from '../review-events.js';
import { pipelineOf } from './repository.js';

export function identityOf(payload: Payload): ToldPullRequest {
  return {
    pipeline_id: pipelineOf(payload),
    pull_request_id: payload.at('pull_request', 'number').integer(),
    url: payload.at('pull_request', 'html_url').optionalText(),
  };
}
