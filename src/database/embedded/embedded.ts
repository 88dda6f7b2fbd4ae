import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { DatabaseConfig } from '../../config/config.js';
import { StartError } from '../../start-error.js';
import { connectionOptions } from '../connection.js';
import { probe } from '../wait-for-database.js';
import { findBinaries, findManifest } from './binaries.js';
import { Cluster, ClusterFailed } from './cluster.js';
import { DataDir, freePort, isAlive, isFree } from './data-dir.js';
import { Revival } from './revival.js';
import { whoRunsPostgres } from './run-as.js';

const USER = 'devopstic';
const ATTEMPTS = 3;
/** How long a process that is said to be the server may refuse connections. */
const PATIENCE_MS = 15_000;
/** SQLSTATE: it cannot connect now, for it starts up, recovers or shuts down. */
const NOT_NOW = '57P03';
const FILE_FAULTS = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EEXIST'];

export interface EmbeddedOptions {
  data_dir: string;
  /** null: the port used before, or a free one. */
  port: number | null;
  /** Settings of the server beside ours. */
  flags?: Readonly<Record<string, string>>;
}

/** A PostgreSQL of our own: a real server on a real port, whose data stays in a folder between starts. */
interface Embedded {
  database: DatabaseConfig;
  /** Where the data is. */
  folder: string;
  /** From now on until it is stopped, the server is started again should it die. */
  watch(told: (message: string) => void): void;
  /** Stops the server, unless another process of ours uses it still: the last one does. */
  stop(): Promise<void>;
}

export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  try {
    return await started(options);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (!FILE_FAULTS.includes(code ?? '')) throw cause;
    throw new StartError(`The embedded PostgreSQL cannot use the folder ${options.data_dir}: ${message}`);
  }
}

async function started(options: EmbeddedOptions): Promise<Embedded> {
  // First of all: an installation without it, such as the container image, may have no folder to write to either.
  const manifest = findManifest();
  const runAs = whoRunsPostgres(options.data_dir);
  const data = new DataDir(options.data_dir, runAs);
  const cluster = new Cluster(findBinaries(manifest, runAs, data.shelter), runAs, data.cluster);
  const { password } = await data.kept(options.port);
  if (!cluster.exists) await cluster.make(USER, password);
  cluster.checkVersion();
  data.use();
  const database = await runningOrStarted(cluster, data, options);
  await createDatabase(database);
  let revival: Revival | null = null;
  return {
    database,
    folder: cluster.folder,
    watch: (told) => {
      // At the same port, which is all that the connections know.
      const again = () => runningOrStarted(cluster, data, { ...options, port: database.port });
      revival = new Revival(cluster, again, told);
    },
    stop: async () => {
      await revival?.stop();
      await stopOwn(cluster, data);
    },
  };
}

/** Another process may start on the same folder at the same time: whoever comes second uses the server of the first. */
async function runningOrStarted(cluster: Cluster, data: DataDir, options: EmbeddedOptions): Promise<DatabaseConfig> {
  for (let attempt = 1; ; attempt++) {
    cluster.forgetDead();
    const running = await runningOn(cluster, data);
    if (running !== null) return running;
    const database = await place(data, options.port);
    try {
      await cluster.start({ ...database, name: 'postgres' }, options.flags ?? {});
      data.own();
      data.keep({ password: database.password, port: database.port });
      return database;
    } catch (cause) {
      if (!(cause instanceof ClusterFailed) || attempt === ATTEMPTS) throw cause;
    }
  }
}

/** The server that runs on this folder already: left behind by a process that was killed, or used by one at work. */
async function runningOn(cluster: Cluster, data: DataDir): Promise<DatabaseConfig | null> {
  const { password } = await data.kept(null);
  const until = Date.now() + PATIENCE_MS;
  while (cluster.pid !== null && isAlive(cluster.pid)) {
    const database = address(cluster.port ?? 0, password);
    const refusal = await probe({ ...database, name: 'postgres' });
    if (refusal === null) {
      if (data.owner === null) data.own();
      return database;
    }
    // One that is starting, recovering or stopping says so or refuses the connection; so does one that is none.
    if (refusal.code !== NOT_NOW && Date.now() > until) return null;
    await sleep(100);
    cluster.forgetDead();
  }
  return null;
}

async function place(data: DataDir, asked: number | null): Promise<Address> {
  const kept = await data.kept(asked);
  if (asked !== null && !(await isFree(asked))) {
    throw new StartError(`Port ${asked} is taken: set DEVOPSTIC_EMBEDDED_PORT to another, or leave it out`);
  }
  const port = asked ?? ((await isFree(kept.port)) ? kept.port : await freePort());
  return address(port, kept.password);
}

type Address = DatabaseConfig & { password: string };

function address(port: number, password: string): Address {
  return { host: '127.0.0.1', port, user: USER, password, name: 'devopstic', ssl: 'off' };
}

async function createDatabase(database: DatabaseConfig): Promise<void> {
  const client = new Client(connectionOptions({ ...database, name: 'postgres' }));
  await client.connect();
  try {
    const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database.name]);
    if (known.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database.name)}`);
  } catch (cause) {
    // Made by another process in the same moment.
    if ((cause as { code?: string }).code !== '42P04' && (cause as { code?: string }).code !== '23505') throw cause;
  } finally {
    await client.end();
  }
}

async function stopOwn(cluster: Cluster, data: DataDir): Promise<void> {
  if (data.leave()) await cluster.stop();
}
