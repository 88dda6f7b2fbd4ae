import type { MetricName, Page, PipelineMetrics } from '../api/answers.js';
import { get } from '../api/api.js';
import { type Context, doraSelection } from '../context.js';
import { fill, h, type Child } from '../dom.js';
import { METRIC_NAMES, METRICS } from '../figures/metrics.js';
import { explainable, levelBadge } from '../figures/number.js';
import { type Column, table } from '../table.js';
import { pipelineTrends } from './pipeline-trends.js';

interface Sortable extends Column<PipelineMetrics> {
  /** What it is sorted by; null goes last. */
  rank: (row: PipelineMetrics) => string | number | null;
}

/** One row a pipeline. */
export async function pipelines(context: Context): Promise<HTMLElement[]> {
  const parameters = { ...doraSelection(context), limit: 1000 };
  const page = await get<Page<PipelineMetrics>>('dora/pipelines', parameters, context.signal);
  const place = h('div', { class: 'sheet scroll' });
  const columns = columnsOf(context);
  show(place, columns, page.items, 0, false);
  const rest = page.next === null ? '' : ' These are the first thousand, by name: choose some above.';
  const about = h('p', { class: 'about' }, `Levels of the benchmark ${context.summary.benchmark}.${rest}`);
  return [h('h2', {}, 'Pipelines compared'), about, place];
}

function show(place: HTMLElement, columns: Sortable[], rows: PipelineMetrics[], by: number, down: boolean): void {
  const { rank } = columns[by]!;
  const sorted = rows.toSorted((one, other) => compared(rank(one), rank(other), down));
  const made = table('Pipelines compared', columns, sorted);
  for (const [index, head] of made.querySelectorAll('th').entries()) {
    const again = (): void => {
      show(place, columns, rows, index, index === by ? !down : false);
      place.querySelectorAll<HTMLElement>('th button')[index]?.focus();
    };
    if (index === by) head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    fill(head, h('button', { type: 'button', class: 'sort', onclick: again }, head.textContent));
  }
  place.replaceChildren(made);
}

function compared(one: string | number | null, other: string | number | null, down: boolean): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  const order = typeof one === 'number' && typeof other === 'number' ? one - other : one < other ? -1 : 1;
  return down ? -order : order;
}

function columnsOf(context: Context): Sortable[] {
  const name: Sortable = {
    title: 'Pipeline',
    rank: ({ pipeline_id }) => pipeline_id,
    cell: ({ pipeline_id }) => chooser(context, pipeline_id),
  };
  const trendOf = pipelineTrends(context);
  return [name, ...METRIC_NAMES.map((metric) => columnOf(context, metric, trendOf))];
}

function columnOf(context: Context, metric: MetricName, trendOf: ReturnType<typeof pipelineTrends>): Sortable {
  const { title, value, nothing, unit, judged, trend } = METRICS[metric];
  return {
    title,
    numeric: true,
    rank: trend,
    cell: (row): Child => [
      explainable(context, metric, value(row) ?? nothing, { pipeline: row.pipeline_id }),
      value(row) !== null && unit !== null && h('span', { class: 'kind' }, ` ${unit}`),
      levelBadge(judged(row)?.level ?? null, context.summary.benchmark),
      judged(row)?.level_reason === 'small_sample' && few(),
      trendOf(row.pipeline_id, metric),
    ],
  };
}

function few(): HTMLElement {
  return h('span', { class: 'small-sample', title: 'Fewer than five values: too few for a level' }, ' few');
}

function chooser(context: Context, pipeline_id: string): HTMLElement {
  const choose = (): void => context.go({ view: 'overview', pipelines: [pipeline_id] });
  return h(
    'button',
    { type: 'button', class: 'number', title: 'Show this pipeline alone', onclick: choose },
    pipeline_id,
  );
}
