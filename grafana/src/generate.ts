import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { alerts } from './alerts.js';
import { dashboards } from './dashboards.js';

const ROOT = new URL('..', import.meta.url);
const FOLDER = new URL('dashboards/', ROOT);

/** What Grafana reads, by file; the rest of provisioning/ is written by hand. */
const files = new Map<string, object>([
  ...dashboards().map((dashboard): [string, object] => [`dashboards/${dashboard.uid}.json`, dashboard]),
  // JSON is YAML, and Grafana reads both.
  ['provisioning/alerting/devopstic.yaml', alerts()],
]);

const text = (content: object): string => `${JSON.stringify(content, null, 2)}\n`;

const strange = (): string[] =>
  readdirSync(FOLDER)
    .map((name) => `dashboards/${name}`)
    .filter((name) => !files.has(name));

function read(name: string): string | null {
  try {
    return readFileSync(new URL(name, ROOT), 'utf8');
  } catch {
    return null;
  }
}

/** Fails if a generated file is not what the code says. */
function check(): void {
  const stale = [...files].filter(([name, content]) => read(name) !== text(content)).map(([name]) => name);
  const wrong = [...stale, ...strange()];
  if (wrong.length === 0) return;
  console.error(`Not what grafana/src says: ${wrong.join(', ')}. Run npm run grafana and commit the result.`);
  process.exitCode = 1;
}

function write(): void {
  mkdirSync(FOLDER, { recursive: true });
  for (const name of strange()) rmSync(new URL(name, ROOT));
  for (const [name, content] of files) writeFileSync(new URL(name, ROOT), text(content));
}

if (process.argv.includes('--check')) check();
else write();
