import type { EventBody } from './event.js';

const HEAD = '6dcb09b5b57875f334f61aebed695e2e4193db5e';
const MERGED = '9049f1265b7d61be4a8904a9a27120d2064dab3b';
const pipeline_id = 'acme/shop';

/** One of each kind; together the story of a pull request. */
export const EVENT_EXAMPLES: Record<string, { summary: string; value: EventBody }> = {
  commit: {
    summary: 'A commit was made',
    value: { type: 'commit', pipeline_id, commit_id: HEAD, author: 'ada', timestamp: '2026-03-02T08:00:00Z' },
  },
  submit: {
    summary: 'It was submitted for review',
    value: { type: 'submit', pipeline_id, commit_id: HEAD, pull_request_id: 42, timestamp: '2026-03-02T09:00:00Z' },
  },
  approve: {
    summary: 'It was approved, and merged as another commit',
    value: { type: 'approve', pipeline_id, commit_id: MERGED, pull_request_id: 42, timestamp: '2026-03-02T10:00:00Z' },
  },
  deploy: {
    summary: 'It was deployed',
    value: {
      type: 'deploy',
      pipeline_id,
      environment: 'production',
      status: 'success',
      commit_id: MERGED,
      deployment_id: '4711',
      url: 'https://ci.example.com/runs/4711',
      timestamp: '2026-03-02T10:30:00Z',
    },
  },
  broke: {
    summary: 'An incident began',
    value: {
      type: 'incident_status_change',
      pipeline_id,
      status: 'failure',
      incident_id: 'INC-7',
      timestamp: '2026-03-02T13:50:00Z',
    },
  },
  restored: {
    summary: 'It was resolved',
    value: {
      type: 'incident_status_change',
      pipeline_id,
      status: 'success',
      incident_id: 'INC-7',
      timestamp: '2026-03-02T14:35:00Z',
    },
  },
};

export const BATCH_EXAMPLES = {
  story: { summary: 'A pull request', value: Object.values(EVENT_EXAMPLES).map(({ value }) => value) },
};
