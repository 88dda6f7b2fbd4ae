import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}/node_modules/.devopstic-installed`;

/** Installs exactly what the lock file says; and nothing if that is there, since the service may be running from it. */
export function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(`${root}/package-lock.json`))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  // Some packages say that they want a newer Node, and run on this one: that would bury what matters.
  npm('ci', '--loglevel=error');
  writeFileSync(stamp, wanted);
}

/** Runs npm, whatever the shell; ends this process if it fails. */
export function npm(...words) {
  const cli = process.env.npm_execpath;
  if (!cli) throw new Error('Run this with npm run');
  const { status } = spawnSync(process.execPath, [cli, ...words], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
