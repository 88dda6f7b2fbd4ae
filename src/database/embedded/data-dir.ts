import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { canReach, type RunAs } from './run-as.js';

/** Where root's data goes when the user who runs Postgres cannot enter the folder asked for, as below /root. */
const SHELTER = '/var/lib/devopstic';

const KEPT = 'database.json';

/** What is kept beside the data of the embedded Postgres so that the next start finds it again. */
interface Kept {
  password: string;
  port: number;
}

/** Whether an embedded Postgres has been made in a folder; looks, and makes nothing. */
export function holdsDatabase(data_dir: string): boolean {
  return existsSync(join(data_dir, KEPT));
}

/** The folder of an embedded Postgres: its data, how to reach it, and who started it. */
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

  /** The process that started the server and is to stop it; null if it is gone. */
  get owner(): number | null {
    const file = join(this.folder, 'owner.pid');
    const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    return pid > 0 && isAlive(pid) ? pid : null;
  }

  own(): void {
    this.write('owner.pid', process.pid, renameSync);
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
