import { Config } from '../config/config.js';
import { makeLog } from '../logger.js';
import { startService, type Service } from '../service.js';

export async function serve(): Promise<void> {
  const config = new Config();
  const log = makeLog(config);
  // Listened for from the beginning: as the first process of a container this one would not hear it otherwise.
  const stop = stopSignal();
  let started = false;
  // An embedded Postgres that starts is waited for, or it would be left running. Else nothing has begun that must be ended.
  if (config.database !== null) void endAfter(stop, () => started);
  const service = await startService(config, log);
  started = true;
  for (const line of greeting(service)) console.error(line);
  const signal = await stop;
  log.info({ signal }, 'stopping');
  await service.stop();
  log.info('stopped');
  // Whatever still holds the process open has nothing left to do.
  process.exit(0);
}

async function endAfter(stop: Promise<string>, isStarted: () => boolean): Promise<void> {
  await stop;
  if (!isStarted()) process.exit(0);
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
