import type { Bucket, MetricName } from '../api/answers.js';
import type { Context } from '../context.js';
import { h } from '../dom.js';
import { METRICS, type MetricText } from './metrics.js';
import { explainable, levelBadge } from './number.js';

/** One metric of the summary: its value, its level, what it is made of. The trend is drawn into it when it is known. */
export function metricCard(context: Context, name: MetricName): HTMLElement {
  const metric = METRICS[name];
  const value = metric.value(context.summary);
  return h(
    'article',
    { class: 'card', 'data-metric': name, 'aria-labelledby': `title-${name}` },
    h('h3', { id: `title-${name}` }, metric.title),
    h('p', { class: 'about' }, metric.about),
    h('p', { class: value === null ? 'value nothing' : 'value' }, valueOf(context, name, metric, value)),
    h('p', { class: 'judgement' }, judgement(context, metric)),
    h('div', { class: 'spark', 'aria-hidden': 'true' }),
    h('dl', { class: 'facts' }, factsOf(context, name, metric)),
  );
}

function valueOf(context: Context, name: MetricName, metric: MetricText, value: string | null) {
  const number = explainable(context, name, value ?? metric.nothing);
  return value !== null && metric.unit ? [number, h('span', { class: 'unit' }, ` ${metric.unit}`)] : number;
}

function judgement({ summary }: Context, metric: MetricText) {
  const judged = metric.judged(summary);
  if (judged?.level_reason === 'small_sample') {
    return h('span', { class: 'small-sample' }, 'Too few values for a level');
  }
  const badge = levelBadge(judged?.level ?? null, summary.benchmark);
  if (badge === null) return null;
  return [badge, h('span', { class: 'benchmark' }, summary.benchmark, ' ', metric.judgedBy)];
}

function factsOf(context: Context, name: MetricName, metric: MetricText) {
  const facts = metric.facts(context.summary);
  return facts.map(([label, text]) => h('div', {}, h('dt', {}, label), h('dd', {}, explainable(context, name, text))));
}

/** Draws each card's trend. */
export function drawTrends(cards: Iterable<HTMLElement>, buckets: readonly Bucket[], sparkline: Sparkline): void {
  for (const card of cards) {
    const metric = METRICS[card.dataset['metric'] as MetricName];
    card.querySelector('.spark')?.replaceChildren(sparkline(buckets.map((bucket) => metric.trend(bucket))));
  }
}

type Sparkline = (values: readonly (number | null)[]) => Node;
