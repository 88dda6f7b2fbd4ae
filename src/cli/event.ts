import type { EventBody, StoredEvent } from '../events/event.js';
import { ServiceClient } from '../client/service-client.js';
import { Config } from '../config/config.js';
import { StartError } from '../start-error.js';
import { answer } from './answer.js';
import { withCommits } from './event-commits.js';
import type { Json } from './json-option.js';

export interface SendOptions extends Json {
  url?: string;
  /** Where to read commits; false: nowhere. */
  git?: string | false;
}

/** What became of the commits that went before a deployment. */
interface SentCommits {
  accepted: number;
  duplicates: number;
  rejected: number;
}

/**
 * Sends one event, and a deployment after its commits; says on the standard error what the sender should know. Of a
 * deployment whose commits were refused the lead times are missing: it is stored, and the command has failed.
 */
export async function sendEvent(told: EventBody, options: SendOptions): Promise<void> {
  const service = serviceOf(options);
  const event = timed(told);
  if (event.type !== 'deploy') return report(options, await service.store(event));
  const { deployment, commits } = await withCommits(service, event, options.git);
  const sent = commits.length === 0 ? null : await sendCommits(service, commits);
  report(options, await service.store(deployment), sent);
  if (sent !== null && sent.rejected > 0) process.exitCode = 1;
}

function serviceOf({ url }: SendOptions): ServiceClient {
  const config = new Config();
  if (config.service_key === null) throw new StartError('Say who you are: set DEVOPSTIC_KEY to an API key');
  const service = new ServiceClient(url ?? config.service_url, (reason) => console.error(reason));
  service.useCredential(config.service_key);
  return service;
}

/** It happens now. With an id of its own it may be sent again, later, and must then say the same. */
function timed(told: EventBody): EventBody {
  const timeless = told.timestamp === undefined && told.id === undefined;
  return timeless ? { ...told, timestamp: new Date().toISOString() } : told;
}

/** What the service takes at a time is 10,000 events, and 25 MiB. */
const BATCH = 5000;
/** Refused commits that are named. */
const MOST_TOLD = 20;

async function sendCommits(service: ServiceClient, events: readonly EventBody[]): Promise<SentCommits> {
  const sent = { accepted: 0, duplicates: 0, rejected: 0 };
  const refusals: string[] = [];
  for (let start = 0; start < events.length; start += BATCH) {
    const batch = events.slice(start, start + BATCH);
    const { accepted, duplicates, rejected, errors } = await service.sendBatch(batch);
    sent.accepted += accepted;
    sent.duplicates += duplicates;
    sent.rejected += rejected;
    refusals.push(
      ...errors.map(({ index, pointer, detail }) => `  ${batch[index]?.commit_id}: ${pointer.slice(1)} ${detail}`),
    );
  }
  if (sent.rejected > 0) console.error([`${sent.rejected} commits were refused:`, ...shortened(refusals)].join('\n'));
  return sent;
}

function shortened(lines: readonly string[]): string[] {
  const rest = lines.length - MOST_TOLD;
  return [...lines.slice(0, MOST_TOLD), ...(rest > 0 ? [`  … and ${rest} more`] : [])];
}

function report(
  options: Json,
  { created, event }: { created: boolean; event: StoredEvent },
  commits: SentCommits | null = null,
): void {
  const outcome = created ? 'stored' : 'known';
  const document = event.type === 'deploy' ? { outcome, event, commits } : { outcome, event };
  answer(options, document, inWords(created, event, commits));
}

function inWords(created: boolean, event: StoredEvent, commits: SentCommits | null): string {
  const what = event.incident_id ?? event.commit_id ?? `pull request ${event.pull_request_id}`;
  const where = event.environment === null ? '' : ` in ${event.environment}`;
  const sentence =
    `${created ? 'Stored' : 'Known already'}: ${event.type} of ${event.pipeline_id}${where}, ` +
    `${what}, ${event.status}, at ${event.timestamp} (id ${event.id})`;
  if (commits === null) return sentence;
  return `${sentence}\nBefore it, commits from git: ${commits.accepted} new events, ${commits.duplicates} known.`;
}
