import { BUCKETS } from '../../../metrics/catalogue/metrics.js';
import type { MetricName } from '../api/answers.js';
import { METRIC_NAMES } from '../figures/metrics.js';
import { isDay } from './days.js';

export const VIEWS = ['overview', 'pipelines', 'deployments', 'incidents'] as const;
export type View = (typeof VIEWS)[number];

export const LAST_DAYS = [7, 30, 90, 365] as const;

/** The last so many days, today included; or from one day up to, not including, another. */
export type Range = { days: number } | { from: string; to: string };

/** A number to be explained: of the whole selection, or of one pipeline or a part of the range. */
export interface Explained {
  metric: MetricName;
  pipeline: string | null;
  from: string | null;
  to: string | null;
}

/** Everything that somebody has chosen to see. It is the page's URL, so that it can be shared, kept and gone back to. */
export interface Choice {
  view: View;
  pipelines: string[];
  environments: string[];
  range: Range;
  time_zone: string;
  /** Null: what suits the range. */
  bucket: string | null;
  bots: boolean;
  explained: Explained | null;
}

/** Reads a query as sent by whoever shared the link: what makes no sense is as if it were absent. */
export function readChoice(query: URLSearchParams, ownZone: string): Choice {
  return {
    view: VIEWS.find((view) => view === query.get('view')) ?? 'overview',
    pipelines: unique(query.getAll('pipeline')),
    environments: unique(query.getAll('environment')),
    range: readRange(query),
    time_zone: readZone(query.get('time_zone'), ownZone),
    bucket: BUCKETS.find((bucket) => bucket === query.get('bucket')) ?? null,
    bots: query.get('bots') === 'true',
    explained: readExplained(query),
  };
}

export function writeChoice({ view, range, explained, ...choice }: Choice): URLSearchParams {
  const query = new URLSearchParams();
  if (view !== 'overview') query.set('view', view);
  for (const name of choice.pipelines) query.append('pipeline', name);
  for (const name of choice.environments) query.append('environment', name);
  if ('days' in range) query.set('last', `${range.days}d`);
  else for (const end of ['from', 'to'] as const) query.set(end, range[end]);
  query.set('time_zone', choice.time_zone);
  if (choice.bucket !== null) query.set('bucket', choice.bucket);
  if (choice.bots) query.set('bots', 'true');
  if (explained !== null) {
    query.set('explain', explained.metric);
    for (const part of ['pipeline', 'from', 'to'] as const) {
      const value = explained[part];
      if (value !== null) query.set(`explain_${part}`, value);
    }
  }
  return query;
}

function readRange(query: URLSearchParams): Range {
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? ''];
  if (isDay(from) && isDay(to) && from < to) return { from, to };
  const days = Number(/^(\d{1,4})d$/.exec(query.get('last') ?? '')?.[1] ?? 30);
  return { days: days > 0 ? days : 30 };
}

function readExplained(query: URLSearchParams): Explained | null {
  const metric = METRIC_NAMES.find((name) => name === query.get('explain'));
  if (metric === undefined) return null;
  const [pipeline, from, to] = ['pipeline', 'from', 'to'].map((part) => query.get(`explain_${part}`));
  return { metric, pipeline: pipeline ?? null, from: from ?? null, to: to ?? null };
}

function readZone(zone: string | null, ownZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone ?? ownZone }).resolvedOptions().timeZone;
  } catch {
    return ownZone;
  }
}

function unique(names: string[]): string[] {
  return [...new Set(names)].filter((name) => name !== '');
}
