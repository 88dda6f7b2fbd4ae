import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createApp } from '../app.js';
import { Config } from '../config/config.js';
import { makeLog } from '../logger.js';
import { openApiDocument } from '../openapi.js';
import { StartError } from '../start-error.js';

/** Writes the contract, or compares it with the one that is kept in the repository. */
export async function openApi({ out, check }: { out?: string; check?: string }): Promise<void> {
  const text = await contract();
  const kept = check !== undefined && existsSync(check) ? readFileSync(check, 'utf8') : '';
  if (check !== undefined && kept !== text) {
    throw new StartError(`${check} is not what the code says: run npm run openapi and commit it`);
  }
  if (check === undefined && out === undefined) process.stdout.write(text);
  if (out !== undefined) writeFileSync(out, text);
}

/** No database is asked: the routes are made without what is behind them. */
async function contract(): Promise<string> {
  const config = new Config({ DEVOPSTIC_DATABASE_HOST: 'localhost', DEVOPSTIC_LOG_LEVEL: 'error' });
  if (config.database === null) throw new Error('A database was configured');
  const app = await createApp({ config, database: config.database, log: makeLog(config), preview: true });
  return `${JSON.stringify(openApiDocument(app), null, 2)}\n`;
}
