import { spawn, type ChildProcess } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../../start-error.js';
import type { DatabaseConfig } from '../../config/config.js';
import { probe } from '../wait-for-database.js';
import type { Binaries } from './binaries.js';
import type { RunAs } from './run-as.js';

const FLAGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // Only what concerns the server itself: failed statements are told, with their context, by the service.
  log_min_messages: 'log',
  log_checkpoints: 'off',
};

/** The class of SQLSTATE for a wrong user or password. */
const NOT_ALLOWED = '28';

/** One PostgreSQL data directory and the server that runs on it. */
export class Cluster {
  private readonly log: string;

  constructor(
    private readonly binaries: Binaries,
    private readonly runAs: RunAs | null,
    readonly folder: string,
  ) {
    this.log = `${folder}.log`;
  }

  /** Makes the data directory, in one step: an interrupted attempt leaves nothing that looks like one. */
  async make(user: string, password: string): Promise<void> {
    const unfinished = `${this.folder}.new-${process.pid}`;
    const secret = `${unfinished}.password`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { mode: 0o700 });
    writeFileSync(secret, password, { mode: 0o600 });
    if (this.runAs) for (const path of [unfinished, secret]) chownSync(path, this.runAs.uid, this.runAs.gid);
    // The built-in locale is the same on every machine; those of the operating system are not, and may be missing.
    const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--encoding=UTF8'];
    const access = ['--auth=scram-sha-256', `--username=${user}`, `--pwfile=${secret}`];
    try {
      await this.run('initdb', ['-D', unfinished, ...locale, ...access, '--no-instructions']);
      renameSync(unfinished, this.folder);
    } catch (cause) {
      // Another process was quicker.
      if (!this.exists) throw cause;
    } finally {
      rmSync(secret, { force: true });
      rmSync(unfinished, { recursive: true, force: true });
    }
  }

  get exists(): boolean {
    return existsSync(join(this.folder, 'PG_VERSION'));
  }

  /** Data of one major version cannot be read by another. */
  checkVersion(): void {
    const stored = readFileSync(join(this.folder, 'PG_VERSION'), 'utf8').trim();
    if (stored === this.binaries.major) return;
    throw new StartError(
      `The data in ${this.folder} was made by PostgreSQL ${stored}, and the embedded one is ${this.binaries.major}. ` +
        `Dump it with that version, move the folder away, start again and restore the dump.`,
    );
  }

  /** Starts the server and waits until it answers, as long as that takes: a recovery after a crash may be long. */
  async start(connection: DatabaseConfig, flags: Readonly<Record<string, string>>): Promise<void> {
    const settings = Object.entries({ ...FLAGS, ...flags }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const log = openSync(this.log, 'w', 0o600);
    // A process group of its own, or Ctrl-C would stop it before the requests in flight are answered.
    const options = { ...this.runAs, detached: true, stdio: ['ignore', log, log] as ['ignore', number, number] };
    const words = ['-D', this.folder, '-p', String(connection.port), ...settings];
    const child = spawn(join(this.binaries.folder, 'bin', 'postgres'), words, options);
    closeSync(log);
    child.unref();
    await this.answering(child, connection);
  }

  private async answering(child: ChildProcess, connection: DatabaseConfig): Promise<void> {
    let failed: string | null = null;
    child.once('error', (cause) => (failed = cause.message));
    child.once('exit', () => (failed ??= readFileSync(this.log, 'utf8').trim()));
    for (let refusal = await probe(connection); refusal !== null; refusal = await probe(connection)) {
      if (failed !== null) throw new ClusterFailed(failed);
      if (refusal.code?.startsWith(NOT_ALLOWED)) throw await this.locked(refusal);
      await sleep(50);
    }
    child.removeAllListeners();
    child.on('error', () => undefined);
  }

  private async locked(refusal: Error): Promise<StartError> {
    await this.stop();
    return new StartError(`The data in ${this.folder} was made with another password: ${refusal.message}`);
  }

  /** Stops the server, whoever started it: statements in progress are broken off, what was committed stays. */
  async stop(): Promise<void> {
    if (this.pid === null) return;
    await this.run('pg_ctl', ['stop', '-D', this.folder, '-m', 'fast', '-w', '-t', '60', '-s']);
  }

  /** The process that says it runs on this directory; it may be long gone. */
  get pid(): number | null {
    const [pid] = this.lines();
    return pid === undefined ? null : Number(pid);
  }

  get port(): number | null {
    const port = this.lines()[3];
    return port === undefined ? null : Number(port);
  }

  /**
   * After a crash the number of the dead server may belong to another process, which is common in containers and keeps
   * Postgres from starting. Where that can be told for sure, the left-over is removed.
   */
  forgetDead(): void {
    if (this.pid === null || !existsSync('/proc/self/cmdline')) return;
    const command = `/proc/${this.pid}/cmdline`;
    if (existsSync(command) && readFileSync(command, 'utf8').includes('postgres')) return;
    rmSync(join(this.folder, 'postmaster.pid'), { force: true });
  }

  private lines(): string[] {
    const file = join(this.folder, 'postmaster.pid');
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  }

  private async run(program: string, words: string[]): Promise<void> {
    const child = spawn(join(this.binaries.folder, 'bin', program), words, { ...this.runAs });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(String(chunk)));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0) throw new StartError(`${program} failed on ${this.folder}: ${said.join('').trim()}`);
  }
}

/** The server ended while it was starting; the message is what it said. */
export class ClusterFailed extends StartError {}
