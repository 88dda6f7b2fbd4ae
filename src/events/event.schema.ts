import { EVENT_STATUSES, EVENT_TYPES } from './event.js';

/*
 * The one definition of an event's form (JSON Schema 2020-12, as OpenAPI 3.1 uses it): compiled for validation by
 * event.reader.ts and published as components.schemas.Event. Keywords that begin with `x-` are ours, see there.
 */

const text = (maxLength: number, description: string, example: string) => ({
  type: ['string', 'null'],
  minLength: 1,
  maxLength,
  'x-text': true,
  description,
  examples: [example],
});

const commitIds = (maxItems: number, description: string) => ({
  type: ['array', 'null'],
  maxItems,
  items: { type: 'string', minLength: 1, maxLength: 200, 'x-text': true },
  description,
  examples: [['6dcb09b5b57875f334f61aebed695e2e4193db5e']],
});

const instant = (description: string) => ({
  type: ['integer', 'string', 'null'],
  'x-instant': true,
  description: `${description} Integer epoch seconds or an RFC 3339 string; from 2000-01-01 to one day ahead.`,
  examples: ['2026-03-02T10:30:00Z', 1772447400],
});

const flag = (description: string) => ({ type: ['boolean', 'null'], description });

const PROPERTIES = {
  id: text(
    200,
    "The sender's idempotency key, unique within its pipeline. Absent: derived from the content, so that a retried request is recorded once.",
    'deploy-4711-success',
  ),
  type: { type: 'string', enum: EVENT_TYPES, description: 'What happened.' },
  pipeline_id: { ...text(200, 'The delivered component that metrics are computed for.', 'acme/shop'), type: 'string' },
  status: {
    type: ['string', 'null'],
    enum: [...EVENT_STATUSES, null],
    description:
      'How it went. Required for deploy (all four), for review (success: approved, failure: changes asked for, in_progress: a comment, canceled: dismissed) and for incident_status_change (failure: it broke, success: it is restored); success or failure, default success, for the others, where only success counts.',
  },
  environment: text(100, 'Where it runs. Required for deploy, optional on incidents.', 'production'),
  commit_id: text(
    200,
    'The commit. Required but for reviews, where it names the one that was looked at, and for incidents, where it names the deployed one that caused the incident.',
    '6dcb09b5b57875f334f61aebed695e2e4193db5e',
  ),
  pull_request_id: {
    type: ['integer', 'null'],
    minimum: 1,
    maximum: Number.MAX_SAFE_INTEGER,
    description: 'Ties the head commit and the merge commit of a pull request to one change. Required for review.',
    examples: [42],
  },
  review_id: text(
    200,
    'On review: which one; what happens to it later names it again. Absent: with success or failure a review of its own, which nothing can take back; else about the review of the pull request as a whole, which is put off (canceled: it is a draft again) or goes on (in_progress).',
    '80',
  ),
  incident_id: text(200, 'The incident. Required for incident_status_change.', 'INC-7'),
  deployment_id: text(
    200,
    'Groups the status changes of one deployment; absent, each deploy event is a deployment of its own. On an incident: the deployment that caused it.',
    '4711',
  ),
  commits: commitIds(2048, 'On deploy: further commits that this deployment ships.'),
  parents: commitIds(
    100,
    'On commit, submit and approve: the commits that this one follows, as far as known (git parents).',
  ),
  landed_at: instant("On commit: when it reached the pipeline's default branch."),
  landed_head: text(
    200,
    'With landed_at: the head commit of the push it landed with.',
    '6dcb09b5b57875f334f61aebed695e2e4193db5e',
  ),
  reverts: commitIds(100, 'On commit: the commits that this one takes back.'),
  outside: flag(
    'On commit: it changes nothing of this pipeline, and is told for the ancestry of those that do (monorepo). A change of such commits alone counts nowhere.',
  ),
  rollback: flag('On deploy: this deployment takes a change back.'),
  rework: flag(
    'On deploy: unplanned, made because of an incident (hotfix). On commit, submit and approve: the change is, and with it the deployment that first carries it.',
  ),
  author: text(200, 'On commit, submit and review; used only to recognise bots.', 'octocat'),
  url: {
    type: ['string', 'null'],
    maxLength: 2000,
    'x-http-url': true,
    description: 'Where a person can look it up: an http or https URL, without control characters and credentials.',
    examples: ['https://ci.example.com/runs/4711'],
  },
  timestamp: instant('When it happened; default: the time of receipt, then flagged as inferred.'),
} as const;

const when = (types: readonly string[], texts: string[], properties: object = {}, others: string[] = []) => ({
  if: { properties: { type: { enum: types } }, required: ['type'] },
  then: {
    required: [...texts, ...others],
    // Null counts as absent, so a required field must not be null.
    properties: { ...Object.fromEntries(texts.map((name) => [name, { type: 'string' }])), ...properties },
  },
});

export const eventSchema = {
  type: 'object',
  description: 'One thing that happened, at one time. Unknown fields are refused by name; null is the same as absent.',
  required: ['type', 'pipeline_id'],
  additionalProperties: false,
  properties: PROPERTIES,
  allOf: [
    when(['commit', 'submit', 'approve'], ['commit_id'], { status: { enum: ['success', 'failure', null] } }),
    when(['review'], ['status'], { pull_request_id: { type: 'integer' } }, ['pull_request_id']),
    when(['deploy'], ['status', 'environment', 'commit_id']),
    when(['incident_status_change'], ['status', 'incident_id'], { status: { enum: ['success', 'failure'] } }),
    {
      if: { properties: { landed_head: { type: 'string' } }, required: ['landed_head'] },
      then: { required: ['landed_at'], properties: { landed_at: { type: ['integer', 'string'] } } },
    },
  ],
  examples: [
    {
      type: 'deploy',
      pipeline_id: 'acme/shop',
      environment: 'production',
      status: 'success',
      commit_id: '6dcb09b5b57875f334f61aebed695e2e4193db5e',
      deployment_id: '4711',
      timestamp: '2026-03-02T10:30:00Z',
    },
  ],
};

const moment = (description: string) => ({ type: 'string', format: 'date-time', description });

export const storedEventSchema = {
  type: 'object',
  description: 'An event as it is stored: every field of the contract, null where the sender gave none.',
  required: [...Object.keys(PROPERTIES), 'timestamp_inferred', 'received_at'],
  properties: {
    ...PROPERTIES,
    id: { type: 'string', description: "The sender's id, or the one derived from the content." },
    status: { type: 'string', enum: EVENT_STATUSES, description: PROPERTIES.status.description },
    landed_at: { ...moment(PROPERTIES.landed_at.description), type: ['string', 'null'] },
    timestamp: moment('When it happened, in UTC.'),
    timestamp_inferred: {
      type: 'boolean',
      description: 'True: the sender gave no timestamp, and the time of receipt stands in.',
    },
    received_at: moment('When it was first received, in UTC.'),
  },
};
