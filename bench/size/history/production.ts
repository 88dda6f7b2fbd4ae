import type { Random } from '../../../src/demo/history/random.js';
import { HOUR, MINUTE } from '../../../src/demo/history/work-hours.js';
import type { Changes } from './changes.js';
import type { Deployed, Deployer } from './deployer.js';
import type { Telling } from './telling.js';

/** Of a hundred deployments to production. */
const OUTCOMES = { failure: 5, canceled: 2, in_progress: 0.3, incident: 4 } as const;
const [FLAGGED, BLAMED, REOPENED, UNRESOLVED] = [0.7, 0.5, 0.15, 0.05];

/** What happens in production: failures, rollbacks, hotfixes, incidents, some of which stay open. */
export class Production {
  private running: string | null = null;
  private incidents = 0;

  constructor(
    private readonly deployer: Deployer,
    private readonly changes: Changes,
    private readonly random: Random,
    private readonly telling: Telling,
  ) {}

  /** What must come out is neither canceled nor left in progress. */
  release(at: number, commit_id: string, must: boolean): void {
    const before = this.running;
    const drawn = this.outcome();
    const outcome = must && (drawn === 'canceled' || drawn === 'in_progress') ? 'good' : drawn;
    const status = outcome === 'good' || outcome === 'incident' ? 'success' : outcome;
    const deployed = this.deployer.deploy(at, commit_id, status);
    if (status === 'success') this.running = commit_id;
    if (outcome === 'failure') {
      this.deployer.deploy(deployed.finished + this.random.around(30 * MINUTE), commit_id, 'success');
      this.running = commit_id;
    }
    if (outcome === 'incident') this.mend(deployed, before);
  }

  /** An incident that no deployment is blamed for. */
  outage(at: number): void {
    this.resolve(this.openIncident(at), at + this.random.around(2 * HOUR));
  }

  private outcome(): keyof typeof OUTCOMES | 'good' {
    let drawn = this.random.between(0, 100);
    for (const [outcome, share] of Object.entries(OUTCOMES)) {
      drawn -= share;
      if (drawn < 0) return outcome as keyof typeof OUTCOMES;
    }
    return 'good';
  }

  private mend({ deployment_id, finished }: Deployed, before: string | null): void {
    const opened = finished + this.random.around(40 * MINUTE);
    const blamed = this.random.chance(BLAMED) ? { deployment_id } : {};
    const incident_id = this.openIncident(opened, blamed);
    const mended = opened + this.random.around(90 * MINUTE);
    if (before !== null && this.random.chance(0.5)) {
      const flag = this.random.chance(FLAGGED) ? { rollback: true } : {};
      this.running = before;
      this.resolve(incident_id, this.deployer.deploy(mended, before, 'success', flag).finished);
    } else {
      this.running = this.changes.commit(mended - 30 * MINUTE, mended - 10 * MINUTE);
      this.resolve(incident_id, this.deployer.deploy(mended, this.running, 'success', { rework: true }).finished);
    }
  }

  private openIncident(at: number, blamed: { deployment_id?: string } = {}): string {
    const incident_id = `incident-${++this.incidents}`;
    const environment = this.deployer.environment;
    this.telling.tell(at, { type: 'incident_status_change', incident_id, status: 'failure', environment, ...blamed });
    return incident_id;
  }

  private resolve(incident_id: string, at: number): void {
    if (this.random.chance(UNRESOLVED)) return;
    const told = { type: 'incident_status_change', incident_id } as const;
    this.telling.tell(at, { ...told, status: 'success' });
    if (!this.random.chance(REOPENED)) return;
    const again = at + this.random.around(HOUR);
    this.telling.tell(again, { ...told, status: 'failure' });
    this.telling.tell(again + this.random.around(HOUR), { ...told, status: 'success' });
  }
}
