import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { Config, type DatabaseConfig } from '../../src/config/config.js';
import { connectionOptions } from '../../src/database/connection.js';
import { startService } from '../../src/service.js';
import { endLater } from './ending.js';
import { TEST_POSTGRES } from './template.js';

export const ADMIN = { username: 'admin', password: 'correct horse battery staple' };

/** The running service on a database of its own. */
export interface TestApp {
  url: string;
  app: NestFastifyApplication;
  config: Config;
  database: DatabaseConfig;
  dataSource: DataSource;
  /** A token of the first admin. */
  admin: string;
  /** A request with JSON and a token: the admin's if none is given, none if it is null. */
  request(method: string, path: string, options?: RequestOptions): Promise<Response>;
  /** Stops it and drops its database. */
  close(): Promise<void>;
}

export interface RequestOptions {
  body?: unknown;
  token?: string | null;
  headers?: Record<string, string>;
}

/**
 * Starts the service as an operator would: on a copy of the migrated database, or on a given one, which then stays
 * (for two instances on one database, and for a Postgres that the test stops). `overrides` are environment variables.
 * What is not closed is closed with the test, or the block of tests, that began it.
 */
export async function startApp(overrides: Record<string, string> = {}, given?: DatabaseConfig): Promise<TestApp> {
  const database = given ?? (await createDatabase());
  const config = new Config({ ...environmentOf(database), ...overrides });
  const service = await startService(config, pino({ level: 'silent' }));
  const stop = endLater(() => service.stop());
  const admin = await login(service.url, config);
  return {
    url: service.url,
    app: service.app,
    config,
    database,
    dataSource: service.app.get(DataSource),
    admin,
    request: (method, path, options) => request(method, `${service.url}${path}`, { token: admin, ...options }),
    close: async () => {
      await stop();
      if (!given) await dropDatabase(database);
    },
  };
}

export function environmentOf(database: DatabaseConfig): Record<string, string> {
  return {
    DEVOPSTIC_HOST: '127.0.0.1',
    DEVOPSTIC_PORT: '0',
    DEVOPSTIC_LOG_LEVEL: 'silent',
    DEVOPSTIC_USERNAME: ADMIN.username,
    DEVOPSTIC_PASSWORD: ADMIN.password,
    DEVOPSTIC_DATABASE_HOST: database.host,
    DEVOPSTIC_DATABASE_PORT: String(database.port),
    DEVOPSTIC_DATABASE_USER: database.user ?? '',
    DEVOPSTIC_DATABASE_PASSWORD: database.password ?? '',
    DEVOPSTIC_DATABASE_NAME: database.name,
  };
}

async function login(url: string, { username, password }: Config): Promise<string> {
  const answer = await request('POST', `${url}/tokens`, { body: { username, password } });
  return ((await answer.json()) as { token: string }).token;
}

function request(method: string, url: string, { body, token, headers }: RequestOptions): Promise<Response> {
  return fetch(url, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** A copy of the run's migrated database. */
export async function createDatabase(): Promise<DatabaseConfig> {
  return createdFrom(ofThisRun().name);
}

/** An empty database in the run's Postgres: without tables, schemas or settings. */
export async function createEmptyDatabase(): Promise<DatabaseConfig> {
  return createdFrom('template0');
}

async function createdFrom(template: string): Promise<DatabaseConfig> {
  const database = { ...ofThisRun(), name: `test_${randomUUID().replaceAll('-', '')}` };
  // Its files are copied as such, which costs half of what it takes to write them to the log.
  await maintain(database, `CREATE DATABASE ${database.name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  const drop = () => maintain(database, `DROP DATABASE ${database.name} WITH (FORCE)`);
  drops.set(database.name, endLater(drop));
  return database;
}

/** How to drop the databases that this file has made. */
const drops = new Map<string, () => Promise<void>>();

export async function dropDatabase({ name }: DatabaseConfig): Promise<void> {
  const drop = drops.get(name);
  if (drop === undefined) throw new Error(`No database ${name} was created here`);
  await drop();
}

/** The migrated database that the others are copies of. */
function ofThisRun(): DatabaseConfig {
  return JSON.parse(process.env[TEST_POSTGRES] ?? '{}') as DatabaseConfig;
}

async function maintain(database: DatabaseConfig, statement: string): Promise<void> {
  const client = new Client(connectionOptions({ ...database, name: 'postgres' }));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
