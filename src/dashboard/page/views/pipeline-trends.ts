import type { MetricName, Series } from '../api/answers.js';
import { get } from '../api/api.js';
import { sparkline } from '../charts/sparkline.js';
import { suitedBucket } from '../choice/days.js';
import { type Context, doraSelection } from '../context.js';
import { h } from '../dom.js';
import { METRICS } from '../figures/metrics.js';

/** Makes places for the trends of single pipelines. One is asked for once it is on the screen: there may be very many. */
export function pipelineTrends(context: Context): (pipeline: string, metric: MetricName) => HTMLElement {
  const asked = new Map<string, Promise<Series>>();
  const draw = new WeakMap<Element, () => void>();
  const onScreen = new IntersectionObserver((entries) => {
    for (const { target } of entries.filter(({ isIntersecting }) => isIntersecting)) {
      onScreen.unobserve(target);
      draw.get(target)?.();
    }
  });
  context.signal.addEventListener('abort', () => onScreen.disconnect());
  return (pipeline, metric) => {
    const place = h('div', { class: 'spark', 'aria-hidden': 'true' });
    draw.set(place, () => {
      const series = asked.get(pipeline) ?? seriesOf(context, pipeline);
      asked.set(pipeline, series);
      void show(place, metric, series);
    });
    onScreen.observe(place);
    return place;
  };
}

function seriesOf(context: Context, pipeline: string): Promise<Series> {
  const { bucket, range } = context.choice;
  const parameters = { ...doraSelection(context), pipeline: [pipeline], bucket: bucket ?? suitedBucket(range) };
  return get<Series>('dora/series', parameters, context.signal);
}

/** The numbers are there without it: a trend that cannot be had only says so. */
async function show(place: HTMLElement, metric: MetricName, series: Promise<Series>): Promise<void> {
  try {
    const { items } = await series;
    place.replaceChildren(sparkline(items.map((bucket) => METRICS[metric].trend(bucket))));
  } catch {
    place.title = 'The trend could not be read';
  }
}
