import type { EventBody } from '../events/event.js';
import { Agenda } from './history/agenda.js';
import { Incidents } from './history/incidents.js';
import { Outages } from './history/outages.js';
import { type Profile, PROFILES } from './history/profile.js';
import { Random } from './history/random.js';
import { Releases } from './history/releases.js';
import { Stories } from './history/story.js';
import { DAY } from './history/work-hours.js';
import { Workshop } from './history/workshop.js';

/**
 * Every history begins here, however late it is looked at: so the same seed tells of the same day the same, and
 * sending the demo again, now or in a week, changes nothing of what is stored.
 */
const ORIGIN = Date.UTC(2025, 0, 6);

export interface DemoOptions {
  seed: string;
  now: Date;
  days: number;
}

/** The deliveries of a few pipelines within so many days up to now, by time. */
export function demoEvents({ seed, now, days }: DemoOptions): EventBody[] {
  const to = now.getTime();
  const told = PROFILES.flatMap((profile) => historyOf(profile, seed, to).between(to - days * DAY, to));
  return told.toSorted((one, other) => one.at - other.at).map(({ event }) => event);
}

function historyOf(profile: Profile, seed: string, to: number): Stories {
  const random = new Random(`${seed} ${profile.pipeline_id}`);
  const agenda = new Agenda();
  const stories = new Stories(profile.pipeline_id);
  const incidents = new Incidents(random, stories);
  const releases = new Releases(profile, agenda, random, incidents, stories);
  const workshop = new Workshop(profile, agenda, random, stories, (at, commits) => releases.onLanded(at, commits));
  releases.repair = (at, within) => workshop.repair(at, within);
  const outages = new Outages(profile, agenda, random, incidents, releases);
  const planDay = (day: number): void => {
    workshop.planDay(day);
    releases.planDay(day);
    agenda.at(day + DAY, () => planDay(day + DAY));
  };
  agenda.at(ORIGIN, () => planDay(ORIGIN));
  outages.planAfter(ORIGIN);
  agenda.runUntil(to);
  return stories;
}
