import type { Series } from '../api/answers.js';
import { get } from '../api/api.js';
import { CHARTS } from '../charts/charts.js';
import { figure } from '../charts/figure.js';
import { sparkline } from '../charts/sparkline.js';
import { suitedBucket } from '../choice/days.js';
import { type Context, doraSelection } from '../context.js';
import { fill, h } from '../dom.js';
import { drawTrends, metricCard } from '../figures/card.js';
import { METRIC_NAMES } from '../figures/metrics.js';
import { problem } from '../problem.js';
import { latestDeployments } from './deployments.js';

/** The numbers at once; the trends and the latest deployments as they come. */
export function overview(context: Context): HTMLElement[] {
  const cards = METRIC_NAMES.map((name) => metricCard(context, name));
  const charts = h('section', { class: 'charts', 'aria-label': 'Trends', 'aria-busy': 'true' }, placeholders());
  void showTrends(context, cards, charts);
  return [h('section', { class: 'cards', 'aria-label': 'Metrics' }, cards), charts, latestDeployments(context)];
}

async function showTrends(context: Context, cards: HTMLElement[], charts: HTMLElement): Promise<void> {
  const bucket = context.choice.bucket ?? suitedBucket(context.choice.range);
  const parameters = { ...doraSelection(context), bucket };
  try {
    const series = await get<Series>('dora/series', parameters, context.signal);
    drawTrends(cards, series.items, sparkline);
    fill(charts, ...CHARTS.map((text) => figure(context, text, series)));
  } catch (cause) {
    if (context.signal.aborted) return;
    fill(
      charts,
      problem(cause, () => void showTrends(context, cards, charts)),
    );
  }
  charts.removeAttribute('aria-busy');
}

/** Of the charts' size, so that nothing jumps when they come. */
function placeholders(): HTMLElement[] {
  return CHARTS.map(({ title }) =>
    h('figure', { class: 'waiting' }, h('figcaption', {}, h('h3', {}, title)), h('div', { class: 'chart' })),
  );
}
