import type { EventBody } from '../../../src/events/event.js';
import type { BuiltService } from './service.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const BATCH = 10_000;

/** A year of as many pipelines: two changes and a deployment every working day, and a failure every other week. */
export async function sendAYear(service: BuiltService, pipelines: number, now: number): Promise<number> {
  const events = Array.from({ length: pipelines }, (_, index) => historyOf(`team/service-${index}`, index, now)).flat();
  events.sort((one, other) => String(one.timestamp).localeCompare(String(other.timestamp)));
  for (let start = 0; start < events.length; start += BATCH) {
    await service.api('POST', '/events/batch', events.slice(start, start + BATCH));
  }
  return events.length;
}

function historyOf(pipeline_id: string, seed: number, now: number): EventBody[] {
  return Array.from({ length: 365 }, (_, day) =>
    dayOf(pipeline_id, day, now - (365 - day) * DAY + (seed % 9) * HOUR),
  ).flat();
}

function dayOf(pipeline_id: string, day: number, start: number): EventBody[] {
  if (day % 7 > 4) return [];
  const at = (hours: number): string => new Date(start + hours * HOUR).toISOString();
  const commits = [`${pipeline_id}-${day}-a`, `${pipeline_id}-${day}-b`];
  const changes = commits.flatMap((commit_id, index): EventBody[] => [
    { type: 'commit', pipeline_id, commit_id, timestamp: at(index) },
    { type: 'submit', pipeline_id, commit_id, timestamp: at(index + 1) },
    { type: 'approve', pipeline_id, commit_id, timestamp: at(index + 2 + (day % 5)) },
  ]);
  const status = day % 14 === 3 ? 'failure' : 'success';
  const deploy = { pipeline_id, environment: 'production', commit_id: commits[0]!, commits, status } as const;
  const incident = { type: 'incident_status_change', pipeline_id, incident_id: `${day}` } as const;
  const broken: EventBody[] = [
    { ...incident, status: 'failure', timestamp: at(9) },
    { ...incident, status: 'success', timestamp: at(10) },
  ];
  return [...changes, { type: 'deploy', ...deploy, timestamp: at(8) }, ...(day % 14 === 8 ? broken : [])];
}
