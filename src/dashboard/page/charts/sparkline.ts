import { svg } from '../dom.js';

const WIDTH = 100;
const HEIGHT = 28;
const MARGIN = 2;

/** A trend without axes. Where there is no value there is a gap; a value alone is a dot. */
export function sparkline(values: readonly (number | null)[]): SVGElement {
  const highest = Math.max(...values.map((value) => value ?? 0), 0);
  const step = (WIDTH - 2 * MARGIN) / Math.max(values.length - 1, 1);
  const y = (value: number): number => HEIGHT - MARGIN - (highest > 0 ? value / highest : 0) * (HEIGHT - 2 * MARGIN);
  let drawing = false;
  const parts = values.map((value, index) => {
    const command = drawing ? 'L' : 'M';
    drawing = value !== null;
    if (value === null) return '';
    const point = `${(MARGIN + index * step).toFixed(1)} ${y(value).toFixed(1)}`;
    return command === 'M' ? `M${point}h0.01` : `L${point}`;
  });
  const path = svg('path', { d: parts.join(''), class: 'spark-line' });
  return svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', focusable: 'false' }, path);
}
