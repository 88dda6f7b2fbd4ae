import type { Raw } from './github-api.js';
import type { IssueEvent } from './issue-events.js';

/** The actions of the webhook, by what the REST API calls them. */
const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['reopened', 'reopened'],
  ['ready_for_review', 'ready_for_review'],
  ['convert_to_draft', 'converted_to_draft'],
]);

/**
 * What the webhook has told, or would have told, of a pull request: the REST API tells what became of it, and the events
 * when it was ready for a review. They are in the order of time.
 */
export function pullRequestPayloads(pull_request: Raw, events: readonly IssueEvent[]): Raw[] {
  let draft = beganAsDraft(pull_request, events);
  const payloads: Raw[] = [{ action: 'opened', pull_request: { ...pull_request, draft } }];
  for (const { kind, at } of events) {
    if (kind === 'convert_to_draft') draft = true;
    if (kind === 'ready_for_review') draft = false;
    const action = ACTIONS.get(kind);
    if (action !== undefined) payloads.push({ action, pull_request: { ...pull_request, draft, updated_at: at } });
  }
  if (pull_request['state'] === 'closed') {
    const merged = typeof pull_request['merged_at'] === 'string';
    payloads.push({ action: 'closed', pull_request: { ...pull_request, merged } });
  }
  return payloads;
}

/** The first change says what it was before; without one it is what it was. */
function beganAsDraft(pull_request: Raw, events: readonly IssueEvent[]): boolean {
  const first = events.find(({ kind }) => kind === 'ready_for_review' || kind === 'convert_to_draft');
  return first === undefined ? pull_request['draft'] === true : first.kind === 'ready_for_review';
}
