import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';
import type { Manifest } from './manifests.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
export const CHART = join(ROOT, 'helm');
const VALUES = join(ROOT, 'test/chart/values');

/** What a released Helm takes for a cluster that it does not ask depends on its version: the oldest that will do. */
export const OLDEST_KUBERNETES = '1.30.0';

/** So that nothing of the caller's Helm is read or written. */
const HOME = temporaryFolder();

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

export async function run(program: string, words: string[], environment: Record<string, string> = {}): Promise<Ran> {
  const { PATH = '' } = process.env;
  const helms = { HELM_CACHE_HOME: `${HOME}/cache`, HELM_CONFIG_HOME: `${HOME}/config`, HELM_DATA_HOME: HOME };
  const env = { PATH, HOME, ...helms, ...environment };
  const child = spawn(program, words, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (stderr += String(chunk)));
  const [code] = (await once(child, 'close').catch((cause: unknown) => {
    throw new Error(`The tests of the chart take ${program} on the PATH: see helm/README.md`, { cause });
  })) as [number];
  return { code, stdout, stderr };
}

/** @throws Error with what Helm said, if it failed */
export const helm = (...words: string[]): Promise<string> => helmWith({}, ...words);

export async function helmWith(environment: Record<string, string>, ...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await run('helm', words, environment);
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

/** Each set of values that the chart is tried with, by name. */
export const VALUE_SETS = readdirSync(VALUES).map((file) => file.replace('.yaml', ''));

export const valuesFile = (name: string): string => join(VALUES, `${name}.yaml`);

export function valuesOf(name: string): Record<string, unknown> {
  return parse(readFileSync(valuesFile(name), 'utf8')) as Record<string, unknown>;
}

/** As long as Helm lets the name of a release be, and cut off within two hyphens. */
const LONGEST = `${'r'.repeat(41)}--${'s'.repeat(10)}`;

/** The release that a set of values is installed as. */
const releaseOf = (set: string): string => (set === 'longest-name' ? LONGEST : 'shop');

/** What would be installed. */
export async function render(set: string, ...words: string[]): Promise<Manifest[]> {
  return manifestsIn(await renderText(set, ...words));
}

export const renderText = (set: string, ...words: string[]): Promise<string> => renderAs(releaseOf(set), set, ...words);

export function renderAs(release: string, set: string, ...words: string[]): Promise<string> {
  return helm('template', release, CHART, '-f', valuesFile(set), '--kube-version', OLDEST_KUBERNETES, ...words);
}

export function manifestsIn(text: string): Manifest[] {
  const documents = parseAllDocuments(text).map((document) => {
    if (document.errors[0]) throw document.errors[0];
    return document.toJS() as Manifest | null;
  });
  return documents
    .filter((manifest) => manifest !== null)
    .map((manifest) => ({ ...manifest, spec: manifest.spec ?? {} }));
}
