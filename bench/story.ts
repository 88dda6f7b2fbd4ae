import type { EventBody } from '../src/events/event.js';

const START = Date.parse('2023-01-02T08:00:00Z');
const MINUTE = 60_000;
/** A deployment every so many changes; every so many of those fails; every so many causes an incident. */
const CHANGES_A_DEPLOYMENT = 3;
const DEPLOYMENTS_A_FAILURE = 10;
const DEPLOYMENTS_AN_INCIDENT = 20;

/**
 * Deliveries without end, of many pipelines at once: each change is a pull request that is submitted, merged and pushed;
 * some of its successors are deployed together. Ids are counted, so that no two runs share a key by chance.
 */
export function* story(pipelines: number, prefix: string): Generator<EventBody, never> {
  for (let change = 1; ; change++) {
    for (let index = 0; index < pipelines; index++) yield* changeOf(`team/service-${index}`, change, prefix);
  }
}

function* changeOf(pipeline_id: string, change: number, prefix: string): Generator<EventBody> {
  const at = (minutes: number): string => new Date(START + (change * 15 + minutes) * MINUTE).toISOString();
  const [head, merged] = [sha(prefix, 'head', change), sha(prefix, 'merge', change)];
  const told = { pipeline_id, pull_request_id: change } as const;
  yield { type: 'commit', pipeline_id, commit_id: head, author: 'ada', timestamp: at(0) };
  yield { ...told, type: 'submit', commit_id: head, author: 'ada', timestamp: at(1) };
  yield { ...told, type: 'approve', commit_id: merged, timestamp: at(5) };
  const landed = { landed_at: at(5), landed_head: merged, parents: [sha(prefix, 'merge', change - 1)] };
  yield { type: 'commit', pipeline_id, commit_id: merged, ...landed, timestamp: at(5) };
  if (change % CHANGES_A_DEPLOYMENT === 0) {
    yield* deploymentOf(pipeline_id, merged, change / CHANGES_A_DEPLOYMENT, at);
  }
}

function* deploymentOf(
  pipeline_id: string,
  commit_id: string,
  count: number,
  at: (minutes: number) => string,
): Generator<EventBody> {
  const status = count % DEPLOYMENTS_A_FAILURE === 0 ? 'failure' : 'success';
  const deployment_id = `${commit_id.slice(0, 12)}-${count}`;
  yield { type: 'deploy', pipeline_id, environment: 'production', commit_id, deployment_id, status, timestamp: at(9) };
  if (count % DEPLOYMENTS_AN_INCIDENT !== 1) return;
  const incident = { type: 'incident_status_change', pipeline_id, incident_id: deployment_id } as const;
  yield { ...incident, status: 'failure', timestamp: at(11) };
  yield { ...incident, status: 'success', timestamp: at(14) };
}

function sha(prefix: string, kind: string, change: number): string {
  return `${prefix}${kind}${String(change).padStart(12, '0')}`.padEnd(40, '0');
}

export function take(events: Iterator<EventBody>, count: number): EventBody[] {
  return Array.from({ length: count }, () => events.next().value as EventBody);
}
