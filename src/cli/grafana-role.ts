import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { commandLine } from '../audit/actor.js';
import { Config } from '../config/config.js';
import { migrate } from '../database/migrate.js';
import { grantReader } from '../database/reader-role.js';
import { withDatabase } from '../database/with-database.js';

/** Makes the role that Grafana reads with; on one that exists, sets its password (if given) and its rights again. */
export async function grafanaRole({ role }: { role: string }): Promise<void> {
  const config = new Config();
  await withDatabase(config, async (dataSource, { database }) => {
    await migrate(dataSource, config);
    const known = await isKnown(dataSource, role);
    const generated = known || config.grafana_password !== null ? null : randomBytes(18).toString('base64url');
    await grantReader(dataSource, { role, password: config.grafana_password ?? generated }, commandLine());
    console.log(`${role} may read the reporting schema of ${database.name}, and nothing else.`);
    if (generated !== null) console.log(`Its password is ${generated}  (shown only now: write it down)`);
  });
}

async function isKnown(dataSource: DataSource, role: string): Promise<boolean> {
  const rows = await dataSource.query<unknown[]>('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  return rows.length > 0;
}
