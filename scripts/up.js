// npm run up: from a fresh clone to a running service. What follows `--` is passed on, as in `npm run up -- serve --help`.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { install, npm } from './install.js';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Goes with what was built. */
const stamp = `${root}/dist/.built-from`;

install();
build();
// In this process, so that a signal reaches the service itself.
await import('../dist/main.js');

/** Builds what is not there yet: a service may be running from it, and commands of other processes. */
function build() {
  const wanted = sources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Building …');
  npm('run', '--silent', 'build');
  writeFileSync(stamp, wanted);
}

function sources() {
  const folder = readdirSync(`${root}/src`, { recursive: true }).map((name) => `src/${String(name)}`);
  const files = [
    ...folder,
    'scripts/bundle.js',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'nest-cli.json',
  ];
  const hash = createHash('sha256');
  for (const name of files.filter((file) => statSync(`${root}/${file}`).isFile()).toSorted()) {
    hash
      .update(`${name}\0`)
      .update(readFileSync(`${root}/${name}`))
      .update('\0');
  }
  return hash.digest('hex');
}
