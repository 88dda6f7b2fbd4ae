import { ServiceClient } from '../client/service-client.js';
import { asSomebody } from '../client/sign-in.js';
import { Config } from '../config/config.js';
import type { FactChange } from '../events/fact-change.js';
import type { ReplayView } from '../webhooks/replay.view.js';
import { answer } from './answer.js';
import type { Json } from './json-option.js';

export interface ReplayOptions extends Json {
  source?: string;
  outcome?: string;
  from?: string;
  to?: string;
  dryRun?: true;
  url?: string;
}

/** Changed facts that are named; with --json all that the service names. */
const MOST_TOLD = 20;

/** Has a running service read its webhook deliveries once more. */
export async function runReplay({ source, outcome, from, to, dryRun, ...options }: ReplayOptions): Promise<void> {
  const config = new Config();
  const service = new ServiceClient(options.url ?? config.service_url);
  await service.greet();
  const replay = async (): Promise<void> => {
    const done = await service.replay({ source, outcome, from, to, dry_run: dryRun === true });
    answer(options, done, sentences(done).join('\n'));
  };
  await asSomebody(service, config, replay, ['admin']);
}

function sentences({ dry_run, deliveries, outcomes, events, pipelines, facts, changes }: ReplayView): string[] {
  const would = dry_run ? 'would be ' : '';
  const lines = [
    `${deliveries} deliveries read${deliveries > 0 ? `: ${counts(outcomes)}` : ''}.`,
    `Events ${would}added: ${events.added}; ${would}taken back: ${events.withdrawn}; pipelines: ${pipelines.join(', ') || 'none'}.`,
  ];
  if (facts !== null) lines.push(`Facts that would change: ${counts(facts)}.`);
  lines.push(...changes.slice(0, MOST_TOLD).map(described));
  if (changes.length > MOST_TOLD) lines.push('  … (--json names more)');
  return lines;
}

function counts(of: object): string {
  return Object.entries(of)
    .map(([name, n]) => `${String(n)} ${name}`)
    .join(', ');
}

function described({ pipeline_id, fact, before, after }: FactChange): string {
  const [sign, row] = before === null ? ['+', after] : after === null ? ['-', before] : ['~', after];
  const names = ['environment', 'deployment_id', 'commit_id', 'incident_id'];
  const key = names.flatMap((name) => (typeof row?.[name] === 'string' ? [row[name]] : []));
  return `  ${sign} ${fact} ${pipeline_id} ${key.join(' ')}`;
}
