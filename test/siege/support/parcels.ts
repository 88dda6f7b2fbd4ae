import { randomUUID } from 'node:crypto';
import { aCommit, aPush } from '../../support/github-payloads.js';
import { signatureOf } from '../../support/github-sender.js';

/** What one request tells, and what a good answer to it says: the keys of the events that are acknowledged. */
export interface Parcel {
  path: string;
  headers: Record<string, string>;
  body: string;
  /** Null: the answer acknowledges nothing, though its status says so. */
  acknowledged: (answer: Record<string, unknown>) => string[] | null;
}

/** The parcels of one sender, by their number. */
export type Sender = (number: number) => Parcel;

const EVENTS_A_BATCH = 40;
/** 2026-01-01T00:00:00Z */
const BEGINNING = 1_767_225_600;

export function everySender(credential: string): Sender[] {
  const authorization = `Bearer ${credential}`;
  return [
    ...[1, 2, 3, 4].map((number) => oneByOne(`single-${number}`, authorization)),
    ...[1, 2].map((number) => inBatches(`batch-${number}`, 'application/json', authorization)),
    inBatches('lines', 'application/x-ndjson', authorization),
    byWebhook,
  ];
}

function oneByOne(pipeline: string, authorization: string): Sender {
  return (number) => {
    const event = storyOf(pipeline, number);
    return {
      path: '/events',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(event),
      acknowledged: () => [keyOf(event)],
    };
  };
}

function inBatches(pipeline: string, type: 'application/json' | 'application/x-ndjson', authorization: string): Sender {
  return (number) => {
    const events = Array.from({ length: EVENTS_A_BATCH }, (_, place) =>
      storyOf(pipeline, number * EVENTS_A_BATCH + place),
    );
    const lines = events.map((event) => JSON.stringify(event));
    return {
      path: '/events/batch',
      headers: { authorization, 'content-type': type },
      body: type === 'application/json' ? `[${lines.join(',')}]` : lines.join('\n'),
      acknowledged: ({ accepted, duplicates, rejected }) =>
        Number(accepted) + Number(duplicates) === events.length && rejected === 0 ? events.map(keyOf) : null,
    };
  };
}

/** The same delivery is sent again under its id, as GitHub's "Redeliver" does. */
function byWebhook(number: number): Parcel {
  const body = JSON.stringify(
    aPush({ commits: [aCommit(`of push ${number}`)], ...(number > 0 ? { before: `of push ${number - 1}` } : {}) }),
  );
  return {
    path: '/github/events',
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'push',
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': signatureOf(body),
    },
    body,
    acknowledged: ({ outcome, event_ids }) =>
      outcome === 'recorded' && Array.isArray(event_ids) ? event_ids.map((id) => `acme/shop ${id}`) : null,
  };
}

interface StoryEvent {
  id: string;
  pipeline_id: string;
}

const keyOf = ({ pipeline_id, id }: StoryEvent): string => `${pipeline_id} ${id}`;

/** Commits, each of them deployed, and sometimes broken: facts of all three kinds that hang together. */
function storyOf(pipeline_id: string, number: number): StoryEvent {
  const round = Math.floor(number / 5);
  const told = { pipeline_id, id: `e${number}`, timestamp: BEGINNING + number * 60 };
  const commit_id = `c${round}`;
  const deployment = { environment: 'production', deployment_id: `d${round}` };
  const incident = { type: 'incident_status_change', incident_id: `i${round}`, deployment_id: `d${round}` };
  const events = [
    { ...told, type: 'commit', commit_id, parents: round > 0 ? [`c${round - 1}`] : [] },
    { ...told, type: 'approve', commit_id },
    { ...told, ...deployment, type: 'deploy', commit_id, status: round % 7 === 6 ? 'failure' : 'success' },
    { ...told, ...incident, status: 'failure' },
    { ...told, ...incident, status: 'success' },
  ];
  return events[number % 5] as StoryEvent;
}
