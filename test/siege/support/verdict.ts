import type { DatabaseConfig } from '../../../src/config/config.js';
import { environmentOf } from '../../support/app.js';
import { aClient } from '../../support/postgres.js';
import { finish } from '../../support/cli.js';
import type { Ledger } from './storm.js';

/** What is left after a siege, beside what its senders were told. */
export interface Verdict {
  /** Acknowledged, and not there. */
  lost: string[];
  /** There without ever having been acknowledged, though every sender went on until it was. */
  doubled: string[];
  /** Events that a pipeline counts twice or not at all. */
  miscounted: number;
  /** Deliveries that nobody has decided. */
  undecided: number;
  /** What deriving everything again finds other than it is. */
  differing: unknown[];
  wrong: string[];
}

export const NOTHING_HAPPENED: Verdict = {
  lost: [],
  doubled: [],
  miscounted: 0,
  undecided: 0,
  differing: [],
  wrong: [],
};

/** Looks at the database once every sender is done, and prints the figures. */
export async function verdictOn(name: string, ledger: Ledger, database: DatabaseConfig): Promise<Verdict> {
  const { stored, miscounted, undecided } = await countsOf(database);
  const { acknowledged, later, broken, wrong, longest_ms } = ledger;
  const lost = [...acknowledged].filter((key) => !stored.has(key));
  const doubled = [...stored].filter((key) => !acknowledged.has(key));
  process.stdout.write(
    `siege: ${name}: ${acknowledged.size} acknowledged, ${lost.length} lost, ${doubled.length} doubled; ` +
      `${later} answers of 503, ${broken} connections broken, ${longest_ms} ms the longest wait\n`,
  );
  return { lost, doubled, miscounted, undecided, differing: await differences(database), wrong };
}

async function countsOf(database: DatabaseConfig) {
  const client = await aClient(database);
  const events = await client.query<{ key: string }>(`SELECT pipeline_id || ' ' || id AS key FROM devopstic.events`);
  const counts = await client.query<{ miscounted: number; undecided: number }>(
    `SELECT
         (SELECT count(*)::int FROM devopstic.events)
           - (SELECT coalesce(sum(p.events), 0)::int FROM devopstic.pipelines AS p) AS miscounted,
         (SELECT count(*)::int FROM devopstic.webhook_deliveries AS d WHERE d.outcome <> 'recorded') AS undecided`,
  );
  const { miscounted = -1, undecided = -1 } = counts.rows[0] ?? {};
  return { stored: new Set(events.rows.map(({ key }) => key)), miscounted, undecided };
}

async function differences(database: DatabaseConfig): Promise<unknown[]> {
  const { code, stdout, stderr } = await finish(['rebuild', '--json'], environmentOf(database));
  if (code !== 0) throw new Error(stderr);
  return (JSON.parse(stdout) as { differing: unknown[] }).differing;
}
