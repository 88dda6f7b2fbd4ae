import { Client, type QueryArrayResult } from 'pg';
import { connectionOptions } from '../../src/database/connection.js';
import { SERVICE } from '../../src/audit/actor.js';
import { grantReader } from '../../src/database/reader-role.js';
import type { TestApp } from './app.js';

/** The database as Grafana's role sees it. */
export interface Reader {
  role: string;
  query(sql: string): Promise<QueryArrayResult<unknown[]>>;
  close(): Promise<void>;
}

export async function aReader({ dataSource, database }: TestApp): Promise<Reader> {
  // Roles belong to all databases of a server.
  const role = `grafana_${database.name}`;
  await grantReader(dataSource, { role, password: 'a secret of Grafana' }, SERVICE);
  const client = new Client({
    ...connectionOptions({ ...database, user: role, password: 'a secret of Grafana' }),
    // Grafana sets none: the server's own may be any.
    options: '-c TimeZone=Asia/Tokyo',
  });
  await client.connect();
  return {
    role,
    query: (text) => client.query({ text, rowMode: 'array' }),
    close: async () => {
      await client.end();
      await dataSource.query(`DROP OWNED BY ${role}`);
      await dataSource.query(`DROP ROLE ${role}`);
    },
  };
}
