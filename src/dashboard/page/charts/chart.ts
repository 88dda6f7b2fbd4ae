import { h } from '../dom.js';
import { THEME_CHANGED } from '../theme.js';
import uPlot from '../vendor/uplot.js';

export interface Line {
  label: string;
  values: (number | null)[];
  /** A custom property of the style sheet. */
  color: string;
  kind: 'bars' | 'line';
  dashed?: boolean;
}

interface ChartData {
  /** What the reader of a screen is told that this is. */
  label: string;
  /** One a bucket: below the axis, and in full. */
  ticks: string[];
  names: string[];
  lines: Line[];
  /** A value in full, and on the axis. */
  format: (value: number | null) => string;
  short: (value: number) => string;
  /** What the steps of the axis may be. */
  steps: number[];
}

const HEIGHT = 210;

/** A drawn chart, which follows the width of its place and the theme. Its numbers are in a table beside it. */
export function chart(data: ChartData): HTMLElement {
  const place = h('div', { class: 'chart', role: 'img', 'aria-label': data.label });
  let plot: uPlot | null = null;
  const draw = (): void => {
    plot?.destroy();
    plot = new uPlot(options(data, place), columns(data), place);
  };
  const watch = new ResizeObserver(() => {
    if (!place.isConnected) return stop();
    if (plot === null) draw();
    else plot.setSize({ width: place.clientWidth, height: HEIGHT });
  });
  const stop = (): void => {
    watch.disconnect();
    document.removeEventListener(THEME_CHANGED, draw);
    plot?.destroy();
  };
  watch.observe(place);
  document.addEventListener(THEME_CHANGED, draw);
  return place;
}

function columns({ ticks, lines }: ChartData): uPlot.AlignedData {
  return [ticks.map((_, index) => index), ...lines.map(({ values }) => values)];
}

function options(data: ChartData, place: HTMLElement): uPlot.Options {
  const style = getComputedStyle(place);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  const last = data.ticks.length - 1;
  const axis = { stroke: color('--muted'), font: `12px ${style.fontFamily}`, ticks: { show: false } };
  return {
    width: place.clientWidth,
    height: HEIGHT,
    padding: [10, 8, 0, 0],
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: {
      x: { time: false, range: [-0.5, last + 0.5] },
      y: { range: (_plot, _least, most) => [0, most > 0 ? most * 1.08 : 1] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 30,
        space: 56,
        incrs: [1, 2, 3, 4, 5, 7, 10, 14, 20, 30, 50, 100],
        values: (_plot, places) => places.map((index) => data.ticks[index] ?? ''),
      },
      {
        ...axis,
        grid: { stroke: color('--line'), width: 1 },
        size: 58,
        space: 36,
        incrs: data.steps,
        values: (_plot, values) => values.map((value) => data.short(value)),
      },
    ],
    legend: { live: true },
    series: [
      { label: 'Time', value: (_plot, index: number | null) => (index === null ? '' : (data.names[index] ?? '')) },
      ...data.lines.map((line) => series(line, color(line.color), data)),
    ],
  };
}

function series({ label, kind, dashed }: Line, stroke: string, { format }: ChartData): uPlot.Series {
  // Until somebody points at a time there is no value to tell.
  const valueOf: uPlot.Series.Value = (_plot, value: number | null, _series, index) =>
    index === null ? '' : format(value);
  const common = { label, stroke, value: valueOf };
  if (kind === 'line') {
    const points = { show: true, size: 5, fill: stroke };
    return { ...common, width: 2, points, ...(dashed ? { dash: [5, 4] } : {}) };
  }
  const paths = uPlot.paths.bars?.({ size: [0.68, 34], radius: 0.12 });
  return { ...common, fill: stroke, width: 0, points: { show: false }, ...(paths ? { paths } : {}) };
}
