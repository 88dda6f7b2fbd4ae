import type { Bucket, Series } from '../api/answers.js';
import type { Context } from '../context.js';
import { h } from '../dom.js';
import { date, shortDate } from '../figures/format.js';
import { explainable } from '../figures/number.js';
import { table } from '../table.js';
import { chart } from './chart.js';
import type { ChartText } from './charts.js';

/** A chart with its title, and with the table behind it, whose numbers can be opened. */
export function figure(context: Context, text: ChartText, series: Series): HTMLElement {
  const { items, bucket, time_zone } = series;
  const lines = text.lines.map((line) => ({ ...line, values: items.map((item) => line.value(item)) }));
  // A count of 0 is nothing; a rate of 0 is something.
  const empty = lines.every(({ kind, values }) =>
    values.every((value) => value === null || (kind === 'bars' && value === 0)),
  );
  const drawn = empty
    ? h('p', { class: 'chart empty' }, 'Nothing in this range.')
    : chart({
        ...text.scale,
        label: `${text.title}: ${text.about}. The numbers are in the table below.`,
        ticks: items.map(({ start }) => shortDate(start, bucket, time_zone)),
        names: items.map((item) => nameOf(item, series)),
        lines,
      });
  return h(
    'figure',
    {},
    h('figcaption', {}, h('h3', {}, text.title), h('p', { class: 'about' }, text.about)),
    drawn,
    behind(() => numbers(context, text, series)),
  );
}

/** The table is made when somebody wants it: most look at the chart. */
function behind(make: () => HTMLElement): HTMLElement {
  const details = h('details', { class: 'behind' }, h('summary', {}, 'Show as a table'));
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(h('div', { class: 'scroll' }, make()));
  });
  return details;
}

function numbers(context: Context, text: ChartText, series: Series): HTMLElement {
  const columns = text.lines.map(({ label, metric, value }) => ({
    title: label,
    numeric: true,
    cell: (item: Bucket) =>
      explainable(context, metric, text.scale.format(value(item)), { from: item.start, to: item.end }),
  }));
  const when = { title: series.bucket, cell: (item: Bucket) => nameOf(item, series) };
  return table(`${text.title} by ${series.bucket}`, [when, ...columns], series.items.toReversed());
}

function nameOf({ start }: Bucket, { bucket, time_zone }: Series): string {
  const day = date(start, time_zone);
  return bucket === 'day' ? day : `${bucket} of ${day}`;
}
