import type { PipelineItem, PipelinesView } from '../metrics/dora.view.js';
import { table } from '../cli/answer.js';
import type { SentEvents } from './sending.js';

/** What the demo came to, for the terminal: the service's own figures. */
export function describeOutcome(sent: SentEvents, { from, to, benchmark, items }: PipelinesView, url: string): string {
  const heading = ['pipeline', 'deployments', 'lead time', 'failures', 'recovery'];
  return [
    `Sent ${sent.accepted + sent.duplicates} events: ${sent.accepted} new, ${sent.duplicates} known before.`,
    '',
    `Production from ${day(from)} to ${day(to)} (levels of ${benchmark}; none for fewer than five values)`,
    '',
    table([heading, ...items.map(row)]).replaceAll(/^/gm, '  '),
    '',
    'Look at it:',
    `  Dashboard     ${url}/?last=90d`,
    `  Swagger UI    ${url}/docs`,
    'With a token or an API key:',
    `  All metrics   ${url}/dora/summary?from=${day(from)}`,
    `  By pipeline   ${url}/dora/pipelines?from=${day(from)}`,
  ].join('\n');
}

function row(item: PipelineItem): string[] {
  const { deployment_frequency: frequency, lead_time: lead, change_failure_rate: failures } = item;
  const recovery = item.failed_deployment_recovery_time;
  return [
    item.pipeline_id,
    judged(`${frequency.per_day.toFixed(2)} a day`, frequency.level),
    judged(duration(lead.commit_to_deploy.median), lead.level),
    judged(failures.rate === null ? '–' : `${(failures.rate * 100).toFixed(1)} %`, failures.level),
    judged(duration(recovery.median), recovery.level),
  ];
}

function judged(value: string, level: string | null): string {
  return level === null ? value : `${value}, ${level}`;
}

export function duration(seconds: number | null): string {
  if (seconds === null) return '–';
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 86_400) return `${(seconds / 3600).toFixed(1)} h`;
  return `${(seconds / 86_400).toFixed(1)} days`;
}

function day(time: string): string {
  return time.slice(0, 10);
}
