import * as fc from 'fast-check';

import { commit, deployments, environments, incidents, maybe, pullRequest, stamp, time } from './alphabet.js';
import type { EventStatus, ModelEvent } from './model/event.js';
import { changeEvent, deployEvent, incidentEvent, reviewEvent } from './single-events.js';
import {
  aftermathStory,
  beginningStory,
  deploymentStory,
  incidentStory,
  pullRequestStory,
  pushStory,
  releasesStory,
} from './stories.js';

const PIPELINES = ['alpha', 'alpha', 'Beta/é'];
const EVENT_IDS = ['e', 'E', '0', '_', 'é', '\u{fb00}', '\u{1d4b3}'];

const happenings = fc.oneof(
  { weight: 3, arbitrary: changeEvent },
  { weight: 3, arbitrary: deployEvent },
  { weight: 2, arbitrary: incidentEvent },
  { weight: 2, arbitrary: reviewEvent },
  { weight: 3, arbitrary: pullRequestStory },
  { weight: 1, arbitrary: pushStory },
  { weight: 2, arbitrary: deploymentStory },
  { weight: 2, arbitrary: releasesStory },
  { weight: 2, arbitrary: incidentStory },
  { weight: 2, arbitrary: aftermathStory },
  { weight: 1, arbitrary: beginningStory },
);

/** Some events have a twin that differs in a single thing: with it come ties and near misses. */
const twins = fc.record({
  of: fc.nat(9),
  change: fc.oneof(
    fc.record({ commit_id: commit }),
    fc.record({ timestamp: time.map(stamp) }),
    fc.record({ environment: environments }),
    fc.record({ pull_request_id: pullRequest }),
    fc.record({ deployment_id: deployments }),
    fc.record({ incident_id: incidents }),
    fc.record({ status: fc.constantFrom<EventStatus>('success', 'failure') }),
  ),
});

const happeningsWithTwins = fc.tuple(happenings, maybe(twins)).map(([story, twin]) => {
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
