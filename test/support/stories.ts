import * as fc from 'fast-check';

import {
  authors,
  commit,
  DAY,
  deployments,
  environments,
  HISTORY_START,
  incidents,
  later,
  maybe,
  MINUTE,
  pause,
  pullRequest,
  stamp,
  time,
} from './alphabet.js';
import type { Told } from './alphabet.js';
import type { EventStatus } from './model/event.js';

/** A pull request as GitHub tells it: opened, worked on, merged in one of the three ways or closed. */
export const pullRequestStory: fc.Arbitrary<Told[]> = fc
  .record({
    pull_request_id: pullRequest,
    heads: fc.uniqueArray(commit, { minLength: 1, maxLength: 3 }),
    merged: fc.uniqueArray(commit, { minLength: 3, maxLength: 3 }),
    base: maybe(commit, 4),
    end: fc.constantFrom('squash', 'rebase', 'merge', 'closed'),
    opened: time,
    review: pause,
    landing: pause,
    author: authors,
  })
  .map(({ pull_request_id, heads, merged, base, end, opened, review, landing, author }) => {
    const onto = base === undefined ? [] : [base];
    const approvedAt = opened + review;
    const work = heads.map((head, index): Told => ({
      type: 'commit',
      commit_id: head,
      timestamp: stamp(opened + (index - 1) * MINUTE),
      parents: index === 0 ? onto : [heads[index - 1]!],
      author,
    }));
    const landed: string[] = {
      closed: [],
      squash: merged.slice(0, 1),
      rebase: merged.slice(0, heads.length),
      merge: [...heads, merged[0]!],
    }[end];
    const push = pushed(landed, base, approvedAt, approvedAt + landing, author);
    const last = landed.at(-1);
    return [
      ...work,
      { type: 'submit', pull_request_id, commit_id: heads[0]!, timestamp: stamp(opened), author },
      ...(last === undefined
        ? []
        : [{ type: 'approve', pull_request_id, commit_id: last, timestamp: stamp(approvedAt) } as const]),
      ...push,
    ];
  });

/** A push to the default branch: each commit follows the one before it and lands with the last. */
function pushed(
  commits: string[],
  before: string | undefined,
  made: number,
  landed: number,
  author: string | undefined,
): Told[] {
  return commits.map((commit_id, index) => {
    const parent = index === 0 ? before : commits[index - 1];
    return {
      type: 'commit',
      commit_id,
      timestamp: stamp(made),
      ...(parent === undefined ? {} : { parents: [parent] }),
      landed_at: stamp(landed),
      landed_head: commits.at(-1)!,
      author,
    };
  });
}

export const pushStory: fc.Arbitrary<Told[]> = fc
  .tuple(fc.uniqueArray(commit, { minLength: 1, maxLength: 4 }), maybe(commit, 4), time, pause, authors)
  .map(([commits, before, made, landing, by]) => pushed(commits, before, made, made + landing, by));

/** Attempts at one deployment under one id: started, perhaps failed and retried, or canceled. */
export const deploymentStory: fc.Arbitrary<Told[]> = fc
  .record({
    environment: environments,
    deployment_id: deployments,
    commit_id: commit,
    statuses: fc.constantFrom<EventStatus[]>(
      ['success'],
      ['in_progress', 'success'],
      ['in_progress', 'failure'],
      ['in_progress', 'failure', 'success'],
      ['in_progress', 'canceled'],
      ['success', 'failure'],
      ['success', 'success'],
    ),
    started: later,
    pause,
  })
  .map(({ statuses, started, pause: each, ...deployment }) =>
    statuses.map((status, index) => ({
      type: 'deploy',
      ...deployment,
      status,
      timestamp: stamp(started + index * each),
    })),
  );

/** A release, then an older commit again: a rollback, and with the same commit twice a redeploy. */
export const releasesStory: fc.Arbitrary<Told[]> = fc
  .record({
    environment: environments,
    commits: fc.array(commit, { minLength: 2, maxLength: 4 }),
    started: later,
    pause,
  })
  .map(({ commits, started, pause: each, environment }) =>
    commits.map((commit_id, index) => ({
      type: 'deploy',
      environment,
      commit_id,
      status: 'success',
      timestamp: stamp(started + index * each),
    })),
  );

export const incidentStory: fc.Arbitrary<Told[]> = fc
  .record({
    incident_id: incidents,
    environment: maybe(environments),
    statuses: fc.constantFrom<EventStatus[]>(
      ['failure', 'success'],
      ['failure', 'success', 'failure'],
      ['failure', 'success', 'failure', 'success'],
      ['failure', 'success', 'success'],
    ),
    opened: later,
    pause,
  })
  .map(({ incident_id, environment, statuses, opened, pause: each }) =>
    statuses.map((status, index) => ({
      type: 'incident_status_change',
      incident_id,
      environment,
      status,
      timestamp: stamp(opened + index * each),
    })),
  );

/** A deployment and an incident about as much later as the window is long. */
export const aftermathStory: fc.Arbitrary<Told[]> = fc
  .record({
    environment: environments,
    commit_id: commit,
    deployed: later,
    after: fc.constantFrom(-1, 0, 1, MINUTE, DAY - 1, DAY, DAY, DAY + 1),
    incident_id: incidents,
  })
  .map(({ environment, commit_id, deployed, after, incident_id }) => [
    { type: 'deploy', environment, commit_id, status: 'success', timestamp: stamp(deployed) },
    {
      type: 'incident_status_change',
      environment,
      incident_id,
      status: 'failure',
      timestamp: stamp(deployed + after),
    },
  ]);

/** Work that lands as the first deployment of all finishes. */
export const beginningStory: fc.Arbitrary<Told[]> = fc
  .record({
    environment: environments,
    first: commit,
    next: commit,
    after: fc.constantFrom(-1, 0, 0, 1),
  })
  .map(({ environment, first, next, after }) => [
    { type: 'deploy', environment, commit_id: first, status: 'success', timestamp: stamp(HISTORY_START - 5 * MINUTE) },
    ...pushed([next], undefined, HISTORY_START - 5 * MINUTE, HISTORY_START - 5 * MINUTE + after, undefined),
  ]);
