import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StartError } from '../../start-error.js';

/** The user a child process runs as. */
export interface RunAs {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root, so root's runs as the user whose data it is; null: as whoever we are. */
export function whoRunsPostgres(data_dir: string): RunAs | null {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(join(data_dir, 'postgres'), { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const found = ['postgres', 'nobody'].map(idsOf).find((ids) => ids !== null);
  if (!found) throw new StartError('PostgreSQL does not run as root, and there is no user postgres or nobody instead');
  return found;
}

function idsOf(user: string): RunAs | null {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const asked = spawnSync('id', [flag, user], { encoding: 'utf8' });
    return asked.status === 0 ? Number(asked.stdout) : Number.NaN;
  });
  return uid && gid ? { uid, gid } : null;
}

/** Whether that user may enter every folder on the way to `path` and read what is there. */
export function canReach(user: RunAs, path: string): boolean {
  const at = resolve(path);
  const parent = dirname(at);
  return allowed(user, at) && (parent === at || canReach(user, parent));
}

function allowed(user: RunAs, path: string): boolean {
  const { mode, uid, gid } = statSync(path);
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  return ((mode >> shift) & 0o1) === 0o1;
}
