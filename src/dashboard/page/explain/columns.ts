import { reasonText } from '../../../metrics/catalogue/reasons.js';
import type { ExplainedRow, ExplainItem, MetricName } from '../api/answers.js';
import { h, link, type Child } from '../dom.js';
import { dateTime, duration, shortId } from '../figures/format.js';
import { METRICS } from '../figures/metrics.js';
import type { Column } from '../table.js';

export function explainColumns(metric: MetricName, time_zone: string): Column<ExplainItem>[] {
  const parts: Column<ExplainItem>[] = [
    { title: 'Review', numeric: true, cell: ({ row, reason }) => partOf(row.review_seconds, reason) },
    { title: 'Deployment', numeric: true, cell: ({ row }) => partOf(row.deployment_seconds, null) },
  ];
  return [
    { title: 'Row', whole: true, cell: ({ row }) => whatIs(row) },
    { title: 'Pipeline', cell: ({ row }) => row.pipeline_id },
    { title: 'Environment', cell: ({ row }) => row.environment },
    { title: 'When', whole: true, cell: ({ row }) => row.at && dateTime(row.at, time_zone) },
    ...(metric === 'lead_time' ? parts : []),
    { title: 'Value', numeric: true, cell: (item) => valueOf(metric, item) },
    { title: 'In the number', cell: verdict },
  ];
}

function whatIs(row: ExplainedRow): Child {
  const id = { deployment: row.deployment_id, change: row.commit_id, incident: row.incident_id }[row.kind] ?? '';
  const beside = row.kind === 'deployment' && row.commit_id !== null ? ` of ${shortId(row.commit_id)}` : null;
  return [
    h('span', { class: 'kind' }, row.kind, ' '),
    link(row.url, shortId(id)),
    h('span', { class: 'kind' }, beside),
  ];
}

function partOf(seconds: number | null, reason: string | null): Child {
  return seconds === null || reason === 'no_review' ? null : duration(seconds);
}

function valueOf(metric: MetricName, { row, value }: ExplainItem): Child {
  if (value === null) return null;
  const [one, zero] = METRICS[metric].words ?? [];
  if (one === undefined) return duration(value);
  const why = metric === 'change_failure_rate' && value === 1 ? ` (${row.failed_by?.join(', ')})` : '';
  return `${value === 1 ? one : zero}${why}`;
}

function verdict({ used, reason }: ExplainItem): Child {
  const word = used ? h('span', { class: 'state good' }, 'yes') : h('span', { class: 'state' }, 'no');
  return reason === null ? word : [word, h('span', { class: 'kind' }, ` ${reasonText(reason)}`)];
}
