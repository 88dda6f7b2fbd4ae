import { readdirSync, readFileSync } from 'node:fs';

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
  /** The variable that its secret is in; absent: its senders have an API key. */
  secret?: { variable: string; value: string };
  /** The headers that prove who sends it, and those that every delivery has; not for senders with an API key. */
  headersOf(raw: string, sample: Sample): Record<string, string>;
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
    // oxlint-disable-next-line no-await-in-loop
    sources.push(((await import(new URL(name, FOLDER).href)) as { samples: SourceSamples }).samples);
  }
  return sources;
}

/** The reasons that a source's code knows for ignoring something. */
export function reasonsInCode(source: string): string[] {
  const folder = new URL(`../../src/webhooks/${source}/`, import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
  const code = files.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
  return [...new Set([...code.matchAll(/ignored: '(\w+)'/g)].map(([, reason]) => reason ?? ''))].toSorted();
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
