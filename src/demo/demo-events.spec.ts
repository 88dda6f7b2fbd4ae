import type { EventBody } from '../events/event.js';
import { readEvent } from '../events/event.reader.js';
import { demoEvents } from './demo-events.js';

const DAY = 86_400_000;
const NOW = new Date('2026-11-20T15:00:00Z');
const told = (seed = 'demo', now = NOW) => demoEvents({ seed, now, days: 90 });

function incidentsOf(events: EventBody[]): EventBody[][] {
  const incidents = new Map<string, EventBody[]>();
  for (const event of events.filter(({ type }) => type === 'incident_status_change')) {
    const key = `${event.pipeline_id} ${event.incident_id}`;
    incidents.set(key, [...(incidents.get(key) ?? []), event]);
  }
  return [...incidents.values()];
}

/** How many there are of everything that a demo should show. */
function kinds(events: EventBody[]): Record<string, number> {
  const production = events.filter(({ type, environment }) => type === 'deploy' && environment === 'production');
  const succeeded = production.filter(({ status }) => status === 'success');
  const names = succeeded.map((event) => `${event.pipeline_id} ${event.commit_id}`);
  const again = succeeded.filter((event, index) => !event.rollback && names.indexOf(names[index] ?? '') < index);
  const incidents = incidentsOf(events);
  const landed = events.filter(({ landed_at }) => landed_at);
  return {
    staging: events.filter(({ environment }) => environment === 'staging').length,
    canceled: production.filter(({ status }) => status === 'canceled').length,
    failed: production.filter(({ status }) => status === 'failure').length,
    'flagged rollbacks': succeeded.filter(({ rollback }) => rollback).length,
    'silent rollbacks': again.length,
    hotfixes: succeeded.filter(({ rework }) => rework).length,
    'incidents that name a deployment': incidents.filter((all) => all.some((one) => one.deployment_id)).length,
    'incidents that name a commit': incidents.filter((all) => all.some((one) => one.commit_id)).length,
    'incidents that name nothing': incidents.filter((all) => !all.some((one) => one.commit_id || one.deployment_id))
      .length,
    'reopened incidents': incidents.filter((all) => all.filter((one) => one.status === 'failure').length > 1).length,
    'open incidents': incidents.filter((all) => all.at(-1)?.status === 'failure').length,
    'pull requests of a bot': events.filter((one) => one.type === 'submit' && one.author === 'dependabot[bot]').length,
    'squash merges': landed.filter((one) => one.landed_at === one.timestamp && one.parents?.length === 1).length,
    'merge commits': landed.filter((one) => one.parents?.length === 2).length,
    'commits pushed together': landed.filter((one) => one.landed_head !== one.commit_id).length,
    'commits named by a deployment': production.filter((one) => (one.commits?.length ?? 0) > 1).length,
  };
}

describe('the events of the demo', () => {
  it('are the same for the same seed and time, and others for another seed', () => {
    expect(told()).toEqual(told());
    expect(told('other')).not.toEqual(told());
  });

  it('tell of the past the same, whenever they are made', () => {
    const later = new Set(told('demo', new Date(NOW.getTime() + 9 * DAY)).map((event) => JSON.stringify(event)));
    const recent = told().filter(({ timestamp }) => Date.parse(String(timestamp)) > NOW.getTime() - 30 * DAY);
    expect(recent.length).toBeGreaterThan(1000);
    expect(recent.filter((event) => !later.has(JSON.stringify(event)))).toEqual([]);
  });

  it('are valid, by time, and not of the future', () => {
    const events = told();
    expect(events.filter((event) => 'errors' in readEvent(event, NOW))).toEqual([]);
    const times = events.map(({ timestamp }) => Date.parse(String(timestamp)));
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(times.at(-1)).toBeLessThanOrEqual(NOW.getTime());
    expect(times.filter((time) => time < NOW.getTime() - 90 * DAY).length).toBeLessThan(events.length / 20);
  });

  it.each([0, 31, 77, 120, 200, 333, 500, 1000])('show every kind of thing, also %i days from now', (days) => {
    const counts = kinds(told('demo', new Date(NOW.getTime() + days * DAY)));
    expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([]);
  });

  it('come mostly from people at work', () => {
    const hours = told()
      .filter(({ type, author }) => type === 'commit' && author !== 'dependabot[bot]')
      .map(({ timestamp }) => new Date(String(timestamp)));
    const atWork = hours.filter((at) => at.getUTCDay() % 6 !== 0 && at.getUTCHours() >= 7 && at.getUTCHours() < 19);
    expect(atWork.length / hours.length).toBeGreaterThan(0.9);
    expect(atWork.length).toBeLessThan(hours.length);
  });
});
