import { Config } from '../config/config.js';
import { makeLog } from '../logger.js';
import { startService, type Service } from '../service.js';

export async function serve(): Promise<void> {
  const config = new Config();
  const log = makeLog(config);
  // A stop while the embedded Postgres starts waits for it, or it would be left running.
  const early = config.database === null ? stopSignal() : null;
  const service = await startService(config, log);
  // Before the greeting: who reads it may answer with a stop at once.
  const stop = early ?? stopSignal();
  for (const line of greeting(service)) console.error(line);
  const signal = await stop;
  log.info({ signal }, 'stopping');
  await service.stop();
  log.info('stopped');
  // Whatever still holds the process open has nothing left to do.
  process.exit(0);
}

/** For the person at the terminal, on the standard error: the standard output is the log's. */
function greeting({ url, open, credentials }: Service): string[] {
  const { host, port, name, user } = open.database;
  const place = `postgres://${user ? `${user}@` : ''}${host}:${port}/${name}`;
  const lines = [
    '',
    'DevOpstic is running.',
    `  Dashboard   ${url}/`,
    `  API         ${url}`,
    `  Swagger UI  ${url}/docs`,
    `  Database    ${place}${open.folder ? `  (embedded; data in ${open.folder})` : ''}`,
  ];
  if (credentials !== null) {
    const { username, password } = credentials;
    lines.push(`  First admin ${username}, password ${password}  (shown only now: write it down)`);
  }
  return [...lines, '', 'Stop it with Ctrl-C.', ''];
}

/** Told again, as npm tells it again after Ctrl-C: that must not break off the stop. */
function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, resolve);
  });
}
