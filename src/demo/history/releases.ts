import type { Agenda } from './agenda.js';
import { Backlog } from './backlog.js';
import { type Attempt, Deployer, type Shipment } from './deployer.js';
import type { Blame, Incidents } from './incidents.js';
import type { Outcome, Profile } from './profile.js';
import type { Random } from './random.js';
import type { Stories } from './story.js';
import { atWork, HOUR, isWorkday, MINUTE } from './work-hours.js';

/** Makes a repair and lands it, begun then and within so long; returns when it landed. */
type Repair = (at: number, within: number) => number;

/** Puts what has landed into staging and production, with what may become of it. */
export class Releases {
  private readonly staging: Deployer;
  private readonly production: Deployer;
  private readonly forStaging: Backlog;
  private readonly forProduction: Backlog;
  private outcomes: Outcome[] = [];
  /** What production runs, and what it ran before. */
  private live: Shipment | null = null;
  private before: Shipment | null = null;
  /** After a failure nothing else goes out until it is repaired. */
  private frozen = false;
  private failures = 0;
  private rollbacks = 0;
  /** When production last got something. */
  last = 0;

  constructor(
    private readonly profile: Profile,
    private readonly agenda: Agenda,
    private readonly random: Random,
    private readonly incidents: Incidents,
    stories: Stories,
  ) {
    this.staging = new Deployer('staging', profile.deploying * 0.6, random, stories);
    this.production = new Deployer('production', profile.deploying, random, stories);
    const named = profile.merging.includes('plain');
    this.forStaging = new Backlog(named);
    this.forProduction = new Backlog(named);
  }

  repair: Repair = (at) => at;

  onLanded(at: number, commits: readonly string[]): void {
    this.forStaging.add(at, commits);
    this.forProduction.add(at, commits);
    if (this.profile.released_on !== null) return;
    const built = at + this.random.around(9 * MINUTE, 0.3);
    this.agenda.at(built, () => this.stage(built));
  }

  planDay(day: number): void {
    if (this.profile.released_on === null || !isWorkday(day)) return;
    const evening = day + 19 * HOUR + this.random.between(0, 20 * MINUTE);
    this.agenda.at(evening, () => this.stage(evening));
    if (!this.profile.released_on(day)) return;
    const at = day + this.random.between(9.5 * HOUR, 14 * HOUR);
    this.agenda.at(at, () => this.release(at));
  }

  private stage(at: number): void {
    const shipment = this.forStaging.until(at);
    if (shipment === null) return;
    const good = !this.random.chance(0.04);
    const { finished } = this.staging.deploy(at, shipment, good ? 'success' : 'failure');
    if (good) this.forStaging.remove(shipment);
    if (this.profile.released_on !== null) return;
    const released = atWork(finished + this.random.around(12 * MINUTE), this.random);
    this.agenda.at(released, () => this.release(released));
  }

  private release(at: number): void {
    const shipment = this.forProduction.until(at - this.profile.hardening);
    if (this.frozen || shipment === null) return;
    if (this.outcomes.length === 0) this.outcomes = this.random.shuffled(this.profile.outcomes);
    const outcome = this.outcomes.pop() ?? 'good';
    if (outcome === 'broken') return this.fail(at, shipment);
    if (outcome === 'canceled') at = this.cancel(at, shipment);
    const attempt = this.succeed(at, shipment);
    if (outcome === 'rolled_back' && this.before) this.rollBack(attempt, shipment, this.before);
    if (outcome === 'hotfixed' || outcome === 'reopened') this.hotfix(attempt, shipment, outcome === 'reopened');
  }

  private succeed(at: number, shipment: Shipment, rework = false): Attempt {
    const attempt = this.production.deploy(at, shipment, 'success', rework ? { rework } : {});
    this.forProduction.remove(shipment);
    this.before = this.live;
    this.live = shipment;
    this.last = attempt.finished;
    return attempt;
  }

  private cancel(at: number, shipment: Shipment): number {
    return this.production.deploy(at, shipment, 'canceled').finished + this.random.around(15 * MINUTE);
  }

  /** It does not get through: next time with a repair on top, or just once more. */
  private fail(at: number, shipment: Shipment): void {
    const { finished } = this.production.deploy(at, shipment, 'failure');
    if (this.failures++ % 2 === 1) return this.repairFrom(finished, (landed) => this.succeedRepaired(landed));
    const again = finished + this.random.around(this.profile.repair);
    this.freezeUntil(again, () => this.succeed(again, shipment));
  }

  private succeedRepaired(at: number): void {
    const shipment = this.forProduction.repaired(at - this.profile.hardening);
    if (shipment !== null) this.succeed(at, shipment);
  }

  private rollBack(bad: Attempt, shipment: Shipment, good: Shipment): void {
    const opened = bad.finished + this.random.around(12 * MINUTE);
    const incident = this.incidents.open(opened, this.blame(bad, shipment));
    const back = opened + this.random.around(this.profile.repair * 0.6);
    // Half of the senders say so; the others' are recognised by the older commit.
    const kind = this.rollbacks++ % 2 === 0 ? { rollback: true } : {};
    const { finished } = this.production.deploy(back, { commit_id: good.commit_id }, 'success', kind);
    this.live = good;
    this.last = finished;
    incident.resolved(finished + this.random.around(6 * MINUTE));
    this.freezeUntil(this.repair(finished, 3 * HOUR));
  }

  private hotfix(bad: Attempt, shipment: Shipment, reopens: boolean): void {
    const opened = bad.finished + this.random.around(this.profile.repair * 0.4);
    const incident = this.incidents.open(opened, this.blame(bad, shipment));
    this.repairFrom(opened, (landed) => {
      const fix = this.forProduction.newest();
      const repaired = fix ? this.succeed(landed, fix, true).finished : landed;
      const resolved = repaired + this.random.around(8 * MINUTE);
      incident.resolved(resolved);
      if (!reopens) return;
      const again = resolved + this.random.around(40 * MINUTE);
      incident.opened(again);
      incident.resolved(again + this.random.around(this.profile.repair * 0.5));
    });
  }

  private repairFrom(at: number, then: (landed: number) => void): void {
    const landed = this.repair(at, this.profile.repair) + MINUTE;
    this.freezeUntil(landed, () => then(landed));
  }

  private freezeUntil(at: number, then: () => void = () => undefined): void {
    this.frozen = true;
    this.agenda.at(at, () => {
      this.frozen = false;
      then();
    });
  }

  /** In turn: left to be found out, the deployment, the commit. */
  private blame({ deployment_id }: Attempt, { commit_id }: Shipment): Blame {
    const blames: Blame[] = [{}, { deployment_id, environment: 'production' }, { commit_id }];
    return blames[this.failures++ % 3] ?? {};
  }
}
