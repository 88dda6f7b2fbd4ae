import type { Level, MetricName } from '../api/answers.js';
import type { Context } from '../context.js';
import type { Explained } from '../choice/choice.js';
import { h } from '../dom.js';
import { METRICS } from './metrics.js';

const LEVEL_NAMES: Readonly<Record<Level, string>> = { elite: 'Elite', high: 'High', medium: 'Medium', low: 'Low' };

type Part = Partial<Omit<Explained, 'metric'>>;

/** A number that opens the rows it was made of. */
export function explainable(context: Context, metric: MetricName, text: string, part: Part = {}): HTMLElement {
  const explained = { metric, pipeline: null, from: null, to: null, ...part };
  return h(
    'button',
    {
      type: 'button',
      class: 'number',
      title: 'Show the rows behind this number',
      'aria-label': `${METRICS[metric].title}: ${text}. Show the rows behind it`,
      onclick: () => context.explain(explained),
    },
    text,
  );
}

/** A benchmark's level; never without the benchmark's name. */
export function levelBadge(level: string | null, benchmark: string): HTMLElement | null {
  const name = LEVEL_NAMES[level as Level] as string | undefined;
  if (name === undefined) return null;
  return h('span', { class: `level ${level}`, title: `Level of the benchmark ${benchmark}` }, name);
}
