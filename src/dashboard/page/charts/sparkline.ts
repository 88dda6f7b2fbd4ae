import { svg } from '../dom.js';

const WIDTH = 100;
const HEIGHT = 28;
const MARGIN = 2;

/** A trend without axes, from each value to the next that there is; days without one are passed over. One alone is a dot. */
export function sparkline(values: readonly (number | null)[]): SVGElement {
  const highest = Math.max(...values.map((value) => value ?? 0), 0);
  const step = (WIDTH - 2 * MARGIN) / Math.max(values.length - 1, 1);
  const y = (value: number): number => HEIGHT - MARGIN - (highest > 0 ? value / highest : 0) * (HEIGHT - 2 * MARGIN);
  const points = values.flatMap((value, index) =>
    value === null ? [] : [`${(MARGIN + index * step).toFixed(1)} ${y(value).toFixed(1)}`],
  );
  // A line to where it is already draws a dot.
  const path = svg('path', { d: points.length === 0 ? '' : `M${points.join('L')}h0.01`, class: 'spark-line' });
  return svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', focusable: 'false' }, path);
}
