import type { Shipment } from './deployer.js';

interface Landed {
  id: string;
  at: number;
}

/** What has landed and is not yet in an environment. */
export class Backlog {
  private waiting: Landed[] = [];

  /** `named`: the sender knows no parents, so a deployment has to name all that it ships. */
  constructor(private readonly named: boolean) {}

  add(at: number, commits: readonly string[]): void {
    this.waiting.push(...commits.map((id) => ({ id, at })));
  }

  /** Everything that landed until then; null if that is nothing. */
  until(time: number): Shipment | null {
    const commits = this.waiting.filter(({ at }) => at <= time).map(({ id }) => id);
    return this.shipment(commits);
  }

  /** The same with the newest on top, which repairs it. */
  repaired(time: number): Shipment | null {
    const commits = this.waiting.filter(({ at }, index) => at <= time || index === this.waiting.length - 1);
    return this.shipment(commits.map(({ id }) => id));
  }

  /** Only the newest, as a hotfix goes out: with all before it, if its parents say so. */
  newest(): Shipment | null {
    return this.shipment(this.waiting.slice(-1).map(({ id }) => id));
  }

  remove({ commit_id, commits }: Shipment): void {
    const last = this.waiting.findIndex(({ id }) => id === commit_id);
    this.waiting = this.waiting.filter(({ id }, index) => (commits ? !commits.includes(id) : index > last));
  }

  private shipment(commits: string[]): Shipment | null {
    const commit_id = commits.at(-1);
    if (commit_id === undefined) return null;
    return this.named ? { commit_id, commits } : { commit_id };
  }
}
