import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DatabaseConfig } from '../../src/config/config.js';
import { connect } from '../database.js';

const CLIENTS = 32;
/** One event as the story tells it, under a key of its own. */
const INSERT = `INSERT INTO bench.reference (
  pipeline_id, id, type, status, commit_id, author, occurred_at, time_inferred, received_at, content_hash)
VALUES (
  'team/service-' || (random() * 99)::int, gen_random_uuid()::text, 'commit', 'success', md5(random()::text), 'ada',
  now(), false, now(), md5(random()::text))`;

/** Single INSERTs a second, each durable: by pgbench where there is one, else by a loop of 32 connections. */
export async function insertLimit(database: DatabaseConfig, seconds: number): Promise<{ rate: number; by: string }> {
  const client = await connect(database);
  await client.query('TRUNCATE bench.reference');
  await client.query('CHECKPOINT');
  await client.end();
  const rate = await byPgbench(database, seconds);
  return rate === null ? { rate: await byLoop(database, seconds), by: 'loop' } : { rate, by: 'pgbench' };
}

async function byPgbench(database: DatabaseConfig, seconds: number): Promise<number | null> {
  const folder = mkdtempSync(join(tmpdir(), 'devopstic-bench-'));
  const script = join(folder, 'insert.sql');
  writeFileSync(script, `${INSERT.replaceAll('\n', ' ')};\n`);
  const place = ['-h', database.host, '-p', String(database.port), '-U', database.user ?? '', database.name];
  const words = [
    '-n',
    '-c',
    String(CLIENTS),
    '-j',
    '2',
    '-T',
    String(seconds),
    '-M',
    'prepared',
    '-f',
    script,
    ...place,
  ];
  try {
    const env = { ...process.env, PGPASSWORD: database.password ?? '' };
    const { stdout } = await promisify(execFile)('pgbench', words, { env });
    return Number(/tps = ([\d.]+) \(without initial/.exec(stdout)?.[1]);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw cause;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function byLoop(database: DatabaseConfig, seconds: number): Promise<number> {
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => connect(database)));
  const start = performance.now();
  const until = start + seconds * 1000;
  let inserts = 0;
  await Promise.all(
    clients.map(async (client) => {
      for (; performance.now() < until; inserts++) await client.query({ name: 'insert', text: INSERT });
    }),
  );
  const rate = inserts / ((performance.now() - start) / 1000);
  await Promise.all(clients.map((client) => client.end()));
  return rate;
}
