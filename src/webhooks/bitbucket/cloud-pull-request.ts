import type { Payload } from '../payload.js';
import type { ToldPullRequest } from '../review-events.js';

export function identityOf(payload: Payload): ToldPullRequest {
  return {
    pipeline_id: payload.at('repository', 'full_name').text(),
    pull_request_id: payload.at('pullrequest', 'id').integer(),
    url: payload.at('pullrequest', 'links', 'html', 'href').optionalText(),
  };
}
