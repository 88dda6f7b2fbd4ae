import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { canReach, type RunAs } from './run-as.js';

/** Where root's data goes when the user who runs Postgres cannot enter the folder asked for, as below /root. */
const SHELTER = '/var/lib/devopstic';

const KEPT = 'database.json';
const OWNER = 'owner.pid';
const USER = 'in-use-by.';

/** What is kept beside the data of the embedded Postgres so that the next start finds it again. */
interface Kept {
  password: string;
  port: number;
}

/** Whether an embedded Postgres has been made in a folder; looks, and makes nothing. */
export function holdsDatabase(data_dir: string): boolean {
  return existsSync(join(data_dir, KEPT));
}

/** The folder of an embedded Postgres: its data, how to reach it, who is to stop it and who uses it. */
export class DataDir {
  readonly folder: string;
  readonly cluster: string;
  readonly shelter: string;

  constructor(asked: string, runAs: RunAs | null) {
    this.folder = resolve(asked);
    makeFolder(this.folder, runAs === null ? 0o700 : 0o711);
    const reachable = runAs === null || canReach(runAs, this.folder);
    this.shelter = reachable ? this.folder : SHELTER;
    this.cluster = join(reachable ? this.folder : this.ownShelter(), 'postgres');
  }

  private ownShelter(): string {
    makeFolder(SHELTER, 0o755);
    const name = createHash('sha256').update(this.folder).digest('hex').slice(0, 12);
    const own = join(SHELTER, name);
    makeFolder(own, 0o711);
    return own;
  }

  /** The password is made once: only who may read this folder can use the database. */
  async kept(port: number | null): Promise<Kept> {
    const file = join(this.folder, KEPT);
    if (!existsSync(file)) {
      const made: Kept = { password: randomBytes(24).toString('base64url'), port: port ?? (await freePort()) };
      // Two first starts at once: the first decides for both.
      this.write(KEPT, made, linkSync);
    }
    return JSON.parse(readFileSync(file, 'utf8')) as Kept;
  }

  keep(kept: Kept): void {
    this.write(KEPT, kept, renameSync);
  }

  /** The process that is to stop the server; null if it is gone. */
  get owner(): number | null {
    const file = join(this.folder, OWNER);
    const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    return pid > 0 && isAlive(pid) ? pid : null;
  }

  own(): void {
    this.write(OWNER, process.pid, renameSync);
  }

  /** To be said before the server is looked for: from then on nobody stops it who leaves. */
  use(): void {
    this.write(`${USER}${process.pid}`, startOf(process.pid), renameSync);
  }

  /** This process uses it no more. True: nobody does, and it is the one to stop the server. */
  leave(): boolean {
    rmSync(this.fileOf(process.pid), { force: true });
    if (this.owner !== null && this.owner !== process.pid) return false;
    // One that leaves in this very moment has not seen yet that it is the owner now.
    for (let heir = this.user; heir !== null; heir = this.user) {
      this.write(OWNER, heir, renameSync);
      if (existsSync(this.fileOf(heir))) return false;
    }
    return true;
  }

  /** Another process that uses the server; those that were killed have left their files. */
  private get user(): number | null {
    const names = readdirSync(this.folder).filter((name) => /^in-use-by\.\d+$/.test(name));
    const pids = names.map((name) => Number(name.slice(USER.length)));
    const [dead, alive] = [pids.filter((pid) => !this.uses(pid)), pids.filter((pid) => this.uses(pid))];
    for (const pid of dead) rmSync(this.fileOf(pid), { force: true });
    return alive[0] ?? null;
  }

  private uses(pid: number): boolean {
    return isAlive(pid) && this.startSaidBy(pid) === JSON.stringify(startOf(pid));
  }

  /** Null: it has left meanwhile. */
  private startSaidBy(pid: number): string | null {
    try {
      return readFileSync(this.fileOf(pid), 'utf8').trim();
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw cause;
    }
  }

  private fileOf(pid: number): string {
    return join(this.folder, `${USER}${pid}`);
  }

  /** Nobody may find a file half written. */
  private write(name: string, value: unknown, put: (whole: string, to: string) => unknown): void {
    const whole = join(this.folder, `${name}.${process.pid}`);
    writeFileSync(whole, `${JSON.stringify(value)}\n`, { mode: 0o600 });
    try {
      put(whole, join(this.folder, name));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    } finally {
      rmSync(whole, { force: true });
    }
  }
}

/** Modes are set apart from the making, where the umask would narrow them. */
function makeFolder(folder: string, mode: number): void {
  if (existsSync(folder)) return;
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, mode);
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When it was started, which tells it from a later one of the same number; null where the system does not say. */
function startOf(pid: number): string | null {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return null;
  // The name of the program, in parentheses, may hold anything.
  return readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? null;
}

export function freePort(): Promise<number> {
  return portFrom(0).then((port) => port ?? 0);
}

export async function isFree(port: number): Promise<boolean> {
  return (await portFrom(port)) !== null;
}

function portFrom(port: number): Promise<number | null> {
  return new Promise((resolved) => {
    const server = createServer();
    server.once('error', () => resolved(null));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolved(typeof address === 'object' && address ? address.port : null));
    });
  });
}
