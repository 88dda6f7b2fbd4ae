import type { Agenda } from './agenda.js';
import type { Incidents } from './incidents.js';
import type { Profile } from './profile.js';
import type { Random } from './random.js';
import type { Releases } from './releases.js';
import { DAY, HOUR } from './work-hours.js';

/** Incidents that no deployment caused: none was near. */
export class Outages {
  private count = 0;

  constructor(
    private readonly profile: Profile,
    private readonly agenda: Agenda,
    private readonly random: Random,
    private readonly incidents: Incidents,
    private readonly releases: Releases,
  ) {}

  planAfter(time: number): void {
    this.plan(time + this.profile.outage_days * DAY * this.random.between(0.7, 1.3));
  }

  private plan(at: number): void {
    this.agenda.at(at, () => {
      const quiet = at - this.releases.last > 25 * HOUR;
      if (quiet) this.happen(at);
      else this.plan(at + this.random.between(3, 9) * HOUR);
    });
  }

  private happen(at: number): void {
    const incident = this.incidents.open(at);
    const forgotten = this.profile.forgets && this.count++ % 2 === 0;
    if (!forgotten) incident.resolved(at + this.random.around(this.profile.repair * 1.5));
    this.planAfter(at);
  }
}
