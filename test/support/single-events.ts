import * as fc from 'fast-check';

import {
  authors,
  commit,
  deployments,
  environments,
  flag,
  incidents,
  later,
  maybe,
  pullRequest,
  reviews,
  stamp,
  time,
} from './alphabet.js';
import type { Told } from './alphabet.js';
import type { EventStatus } from './model/event.js';

/** Fields that mean nothing for the type of an event occur too. */
const anywhere = {
  review_id: maybe(reviews, 6),
  reverts: maybe(fc.uniqueArray(commit, { maxLength: 2 }), 5),
  outside: maybe(fc.boolean(), 3),
  rework: maybe(fc.boolean(), 8),
};

export const changeEvent: fc.Arbitrary<Told[]> = fc
  .record({
    type: fc.constantFrom('commit', 'submit', 'approve'),
    status: fc.constantFrom<EventStatus | undefined>(undefined, undefined, 'success', 'failure'),
    commit_id: commit,
    timestamp: time.map(stamp),
    pull_request_id: maybe(pullRequest),
    parents: maybe(fc.uniqueArray(commit, { maxLength: 3 })),
    author: authors,
    landed_at: maybe(time.map(stamp)),
    landed_head: maybe(commit),
    ...anywhere,
  })
  .map(({ landed_at, landed_head, ...event }) => [
    landed_at === undefined ? event : { ...event, landed_at, landed_head },
  ]);

export const reviewEvent: fc.Arbitrary<Told[]> = fc
  .record({
    ...anywhere,
    type: fc.constant('review'),
    status: fc.constantFrom('success', 'success', 'failure', 'in_progress', 'canceled'),
    pull_request_id: pullRequest,
    review_id: maybe(reviews),
    commit_id: maybe(commit),
    timestamp: time.map(stamp),
    author: authors,
  })
  .map((event) => [event]);

export const deployEvent: fc.Arbitrary<Told[]> = fc
  .record({
    ...anywhere,
    type: fc.constant('deploy'),
    author: authors,
    parents: maybe(fc.uniqueArray(commit, { maxLength: 2 }), 6),
    status: fc.constantFrom('success', 'success', 'success', 'failure', 'canceled', 'in_progress'),
    environment: environments,
    commit_id: commit,
    timestamp: later.map(stamp),
    deployment_id: maybe(deployments),
    commits: maybe(fc.uniqueArray(commit, { maxLength: 3 }), 3),
    pull_request_id: maybe(pullRequest, 5),
    rollback: flag,
    rework: flag,
  })
  .map((event) => [event]);

export const incidentEvent: fc.Arbitrary<Told[]> = fc
  .record({
    ...anywhere,
    type: fc.constant('incident_status_change'),
    pull_request_id: maybe(pullRequest, 6),
    commits: maybe(fc.uniqueArray(commit, { maxLength: 2 }), 6),
    status: fc.constantFrom('success', 'failure'),
    incident_id: incidents,
    timestamp: later.map(stamp),
    environment: maybe(environments),
    commit_id: maybe(commit, 3),
    deployment_id: maybe(deployments),
  })
  .map((event) => [event]);
