import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { createApp } from './app.js';
import { FirstAdmin, type FirstCredentials } from './auth/first-admin.js';
import { type Config, MIN_WEBHOOK_SECRET } from './config/config.js';
import { migrateDatabase, openDatabase, type OpenDatabase } from './database/open-database.js';
import { StartError } from './start-error.js';

/** Requests in flight get this long to end when the service stops; whoever stops it has to wait a little longer. */
const PATIENCE_MS = 20_000;

/** The running service. */
export interface Service {
  app: NestFastifyApplication;
  url: string;
  open: OpenDatabase;
  /** The first admin's, if they had to be made up: to be shown once. */
  credentials: FirstCredentials | null;
  /** Ends what is in flight, then the connections to the database, then the embedded database. */
  stop(): Promise<void>;
}

export async function startService(config: Config, log: Logger): Promise<Service> {
  for (const name of config.unknown) log.warn({ variable: name }, 'this variable is not known, and is not used');
  for (const variable of config.short_webhook_secrets) {
    log.warn(
      { variable },
      `a webhook's secret should have at least ${MIN_WEBHOOK_SECRET} characters: this one is used as it is`,
    );
  }
  const open = await openDatabase(config, (message) => log.warn(message));
  try {
    return await serve(config, log, open);
  } catch (cause) {
    await open.close();
    throw cause;
  }
}

async function serve(config: Config, log: Logger, open: OpenDatabase): Promise<Service> {
  const { warnings, ...migrated } = await migrateDatabase(open.database, config);
  for (const warning of warnings) log.warn(warning);
  log.info({ ...migrated }, 'the database is migrated');
  const app = await createApp({ config, database: open.database, log });
  try {
    await app.init();
    const url = await listen(app, config);
    // Only now: a password made up by a start that then fails, for its port is taken, would never be shown.
    const credentials = await app.get(FirstAdmin).ensure();
    open.watch();
    return { app, url, open, credentials, stop: () => stop(app, open) };
  } catch (cause) {
    await app.close();
    throw cause;
  }
}

async function listen(app: NestFastifyApplication, { host, port }: Config): Promise<string> {
  try {
    // Not Nest's own listen: it logs the refusal as a fault, beside the words for the operator.
    await app.getHttpAdapter().getInstance().listen({ port, host });
  } catch (cause) {
    throw explained(cause as NodeJS.ErrnoException, host, port);
  }
  const { port: actual } = app.getHttpServer().address() as AddressInfo;
  return `http://${['0.0.0.0', '::'].includes(host) ? 'localhost' : host}:${actual}`;
}

function explained(cause: NodeJS.ErrnoException, host: string, port: number): Error {
  if (cause.code === 'EADDRINUSE') {
    return new StartError(`Port ${port} is taken by another program: set DEVOPSTIC_PORT to a free one`);
  }
  if (cause.code === 'EACCES') {
    return new StartError(`Port ${port} may not be used by this user: set DEVOPSTIC_PORT to one above 1023`);
  }
  if (cause.code === 'EADDRNOTAVAIL' || cause.code === 'ENOTFOUND') {
    return new StartError(`There is no address ${host} on this machine: set DEVOPSTIC_HOST to one that there is`);
  }
  return cause;
}

async function stop(app: NestFastifyApplication, open: OpenDatabase): Promise<void> {
  const impatience = setTimeout(() => app.getHttpServer().closeAllConnections(), PATIENCE_MS);
  await app.close();
  clearTimeout(impatience);
  await open.close();
}
