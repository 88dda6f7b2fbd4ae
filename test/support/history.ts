import * as fc from 'fast-check';

import type { EventStatus, ModelEvent } from './model/event.js';

/**
 * Random histories of a few pipelines. Everything is drawn from few values, so that events meet: the same commits,
 * pull requests and deployments, equal times, spans of exactly five minutes and 24 hours. Names differ by case, are a
 * prefix of one another, or sort otherwise by UTF-16 (JavaScript) than by UTF-8 (Postgres).
 */

const PIPELINES = ['alpha', 'alpha', 'Beta/é'];
const COMMITS = ['a', 'b', 'B', 'c1', 'c10', '_', 'é', '\u{fb00}', '\u{1d4b3}'];
const DEPLOYMENTS = ['d', 'D', 'd1', 'd10', 'é', '\u{fb00}', '\u{1d4b3}'];
const ENVIRONMENTS = [...Array<string>(5).fill('production'), 'Prod', 'staging', 'é'];
const INCIDENTS = ['i', 'I', 'i1', 'é'];
const AUTHORS = ['ann', 'dependabot[bot]', 'renovate-x', 'Renovate', 'bot'];
const EVENT_IDS = ['e', 'E', '0', '_', 'é', '\u{fb00}', '\u{1d4b3}'];
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

export const HISTORY_START = Date.parse('2026-03-02T00:00:00Z');

type Told = Omit<ModelEvent, 'id' | 'pipeline_id'>;

const commit = fc.constantFrom(...COMMITS);
const environments = fc.constantFrom(...ENVIRONMENTS);
const pullRequest = fc.integer({ min: 1, max: 3 });
const authors = maybe(fc.constantFrom(...AUTHORS), 4);
const flag = maybe(fc.boolean(), 5);
const time = fc
  .tuple(
    fc.integer({ min: 0, max: 24 }),
    fc.constantFrom(0, 0, 0, 0, 1, 2),
    fc.constantFrom(0, 0, 0, 0, 0, 0, 1, -1, 500),
  )
  .map(([step, day, ms]) => HISTORY_START + step * 2.5 * MINUTE + day * DAY + ms);
/** Deployments and incidents tend to come after the work, but need not. */
const later = fc.tuple(time, fc.constantFrom(0, 30, 60, 60)).map(([at, minutes]) => at + minutes * MINUTE);
const pause = fc.constantFrom(0, 0, 1, 2.5, 5, 10).map((minutes) => minutes * MINUTE);

const stamp = (at: number): string => new Date(at).toISOString();

function maybe<T>(arbitrary: fc.Arbitrary<T>, oneIn = 2): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

/** Fields that mean nothing for the type of an event occur too. */
const changeEvent: fc.Arbitrary<Told[]> = fc
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
  })
  .map(({ landed_at, landed_head, ...event }) => [
    landed_at === undefined ? event : { ...event, landed_at, landed_head },
  ]);

const deployEvent: fc.Arbitrary<Told[]> = fc
  .record({
    type: fc.constant('deploy'),
    author: authors,
    parents: maybe(fc.uniqueArray(commit, { maxLength: 2 }), 6),
    status: fc.constantFrom('success', 'success', 'success', 'failure', 'canceled', 'in_progress'),
    environment: environments,
    commit_id: commit,
    timestamp: later.map(stamp),
    deployment_id: maybe(fc.constantFrom(...DEPLOYMENTS)),
    commits: maybe(fc.uniqueArray(commit, { maxLength: 3 }), 3),
    pull_request_id: maybe(pullRequest, 5),
    rollback: flag,
    rework: flag,
  })
  .map((event) => [event]);

const incidentEvent: fc.Arbitrary<Told[]> = fc
  .record({
    type: fc.constant('incident_status_change'),
    pull_request_id: maybe(pullRequest, 6),
    commits: maybe(fc.uniqueArray(commit, { maxLength: 2 }), 6),
    status: fc.constantFrom('success', 'failure'),
    incident_id: fc.constantFrom(...INCIDENTS),
    timestamp: later.map(stamp),
    environment: maybe(environments),
    commit_id: maybe(commit, 3),
    deployment_id: maybe(fc.constantFrom(...DEPLOYMENTS), 3),
  })
  .map((event) => [event]);

/** A pull request as GitHub tells it: opened, worked on, merged in one of the three ways or closed. */
const pullRequestStory: fc.Arbitrary<Told[]> = fc
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

const pushStory: fc.Arbitrary<Told[]> = fc
  .tuple(fc.uniqueArray(commit, { minLength: 1, maxLength: 4 }), maybe(commit, 4), time, pause, authors)
  .map(([commits, before, made, landing, by]) => pushed(commits, before, made, made + landing, by));

/** Attempts at one deployment under one id: started, perhaps failed and retried, or canceled. */
const deploymentStory: fc.Arbitrary<Told[]> = fc
  .record({
    environment: environments,
    deployment_id: fc.constantFrom(...DEPLOYMENTS),
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
const releasesStory: fc.Arbitrary<Told[]> = fc
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

const incidentStory: fc.Arbitrary<Told[]> = fc
  .record({
    incident_id: fc.constantFrom(...INCIDENTS),
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

const happenings = fc.oneof(
  { weight: 3, arbitrary: changeEvent },
  { weight: 3, arbitrary: deployEvent },
  { weight: 2, arbitrary: incidentEvent },
  { weight: 3, arbitrary: pullRequestStory },
  { weight: 1, arbitrary: pushStory },
  { weight: 2, arbitrary: deploymentStory },
  { weight: 2, arbitrary: releasesStory },
  { weight: 2, arbitrary: incidentStory },
);

/** Some events have a twin that differs in a single thing: with it come ties and near misses. */
const twins = fc.record({
  of: fc.nat(9),
  change: fc.oneof(
    fc.record({ commit_id: commit }),
    fc.record({ timestamp: time.map(stamp) }),
    fc.record({ environment: environments }),
    fc.record({ pull_request_id: pullRequest }),
    fc.record({ deployment_id: fc.constantFrom(...DEPLOYMENTS) }),
    fc.record({ incident_id: fc.constantFrom(...INCIDENTS) }),
    fc.record({ status: fc.constantFrom<EventStatus>('success', 'failure') }),
  ),
});

const happeningsWithTwins = fc.tuple(happenings, maybe(twins, 3)).map(([story, twin]) => {
  const original = twin && story[twin.of % story.length];
  const differs = original && Object.keys(twin.change).every((name) => name in original);
  return differs ? [...story, { ...original, ...twin.change }] : story;
});

/** Events of up to two pipelines, each with an id of its own. */
export const histories: fc.Arbitrary<ModelEvent[]> = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom(...PIPELINES), happeningsWithTwins), {
      minLength: 1,
      maxLength: 30,
      size: 'max',
    }),
    fc.nat(100),
  )
  .map(([stories, salt]) =>
    stories
      .flatMap(([pipeline_id, story]) => story.map((told) => ({ pipeline_id, ...told })))
      .map((told, index) => withoutUndefined({ id: eventId(index, salt), ...told })),
  );

function eventId(index: number, salt: number): string {
  return `${EVENT_IDS[(index * 5 + salt) % EVENT_IDS.length]!}${index}`;
}

function withoutUndefined<T extends object>(event: T): T {
  return JSON.parse(JSON.stringify(event));
}

/** The same events of pipelines that are called `<prefix><name>`. */
export function withPrefix(prefix: string, events: ModelEvent[]): ModelEvent[] {
  return events.map((event) => ({ ...event, pipeline_id: `${prefix}${event.pipeline_id}` }));
}
