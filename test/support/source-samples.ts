import { readdirSync, readFileSync } from 'node:fs';
import type { DeploymentRule } from '../../src/scope/scope-rules.js';
import type { TestApp } from './app.js';

/** One delivery of a source, in the provider's documented form, and what has to become of it. */
export interface Sample {
  /** As `doc/sources/README.md` names it: the provider's event, with its action where that decides. */
  event: string;
  /** What it says: `a merge request is merged`. */
  says: string;
  /** Sent as JSON, or as it is if it is a string. */
  body: unknown;
  headers?: Record<string, string>;
  /** The types of the events that it becomes, in their order, with the status where it can differ: `deploy failure`. */
  becomes?: string[];
  /** The reason why it becomes nothing, or why a part of it does not. */
  ignored?: string;
}

/** All that is tested of a source. */
export interface SourceSamples {
  /** The source's name, and that of its folder. */
  source: string;
  path: string;
  /** With the variable that it is in, of a source that is no hook; absent: its senders have an API key. */
  secret?: { variable?: string; value: string };
  /** The headers that prove who sends it, and those that every delivery has; not for senders with an API key. */
  headersOf(raw: string, sample: Sample): Record<string, string>;
  /** The rules without which it deploys nothing: with its name as their `source`. */
  deployments?: DeploymentRule[];
  /** At least one of each event, and of each reason. Of other pipelines than the story. */
  samples: Sample[];
  /** A well-formed delivery of a type that nobody knows. */
  unknown: Sample;
  /** From webhook to metric: what is told, and what `/dora/summary` says then. */
  story: { told: Sample[]; query: string; summary: Record<string, unknown> };
}

const FOLDER = new URL('../sources/', import.meta.url);

export async function allSources(): Promise<SourceSamples[]> {
  const sources: SourceSamples[] = [];
  // One after the other: Jest mixes up modules that are imported at the same time.
  for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.samples.ts'))) {
    sources.push(((await import(new URL(name, FOLDER).href)) as { samples: SourceSamples }).samples);
  }
  return sources;
}

/** Puts the rules of all these sources in force, and declares those of them that are shipped as declarations. */
export async function useSources(app: TestApp, sources: readonly SourceSamples[]): Promise<void> {
  for (const { source, path, secret } of sources.filter((one) => one.path.startsWith('/hooks/'))) {
    const signature = secret && { secrets: [secret.value, 'the one before this'] };
    const { status } = await app.request('PUT', path, { body: { from: source, ...(signature && { signature }) } });
    if (status !== 201) throw new Error(`The declaration of ${source} was answered with ${status}`);
  }
  const deployments = sources.flatMap((source) => source.deployments ?? []);
  const { status } = await app.request('PUT', '/scope', { body: { version: 0, rules: { deployments } } });
  if (status !== 200) throw new Error(`The rules were answered with ${status}`);
}

/** The settings that turn these sources on. */
export function secretsOf(sources: readonly SourceSamples[]): Record<string, string> {
  return Object.fromEntries(
    sources.flatMap(({ secret }) => (secret?.variable ? [[secret.variable, secret.value]] : [])),
  );
}

/** The reasons that a source's code, or its declaration, knows for ignoring something, with those of a folder beside it that it reads by. */
export function reasonsInCode({ source, path }: SourceSamples): string[] {
  if (path.startsWith('/hooks/')) return declares(source, '"map"') ? ['not_mapped', 'not_wanted'] : ['not_wanted'];
  const code = codeOf(source);
  const shared = [...code.matchAll(/from '\.\.\/([\w-]+)\//g)].map(([, folder]) => codeOf(folder ?? ''));
  const reasons = [code, ...shared].flatMap((text) => [...text.matchAll(/ignored: '(\w+)'/g)]);
  return [...new Set(reasons.map(([, reason]) => reason ?? ''))].toSorted();
}

function declares(source: string, part: string): boolean {
  return readFileSync(new URL(`../../src/webhooks/hooks/shipped/${source}.json`, import.meta.url), 'utf8').includes(
    part,
  );
}

function codeOf(folder_name: string): string {
  const folder = new URL(`../../src/webhooks/${folder_name}/`, import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
  return files.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
}

/** The table of `doc/sources/README.md`: of each source, what stands in backticks in each column. */
export function documentedSources(): Record<string, Record<string, string[]>> {
  const text = readFileSync(new URL('../../doc/sources/README.md', import.meta.url), 'utf8');
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  const [header = [], , ...rows] = lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return Object.fromEntries(
    rows.map((cells) => {
      const columns = header.map((name, index) => [name, quoted(cells[index] ?? '')] as const);
      return [/\((\S+)\.md\)/.exec(cells[0] ?? '')?.[1] ?? '', Object.fromEntries(columns)];
    }),
  );
}

function quoted(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text ?? '').toSorted();
}
