import { h } from '../dom.js';
import { type Choice, LAST_DAYS } from './choice.js';
import { addDays, boundsOf, dayIn, isDay } from './days.js';

type Go = (change: Partial<Choice>) => void;

interface RangePicker {
  element: HTMLElement;
  update(choice: Choice): void;
}

const NAMES: Readonly<Record<number, string>> = { 7: '7 days', 30: '30 days', 90: '90 days', 365: '1 year' };

/** The last days, or from one day to another, both included as people mean it. */
export function rangePicker(go: Go): RangePicker {
  const quick = LAST_DAYS.map((days) =>
    h('button', { type: 'button', 'data-days': days, onclick: () => go({ range: { days } }) }, NAMES[days]),
  );
  const from = h('input', { type: 'date', 'aria-label': 'From', required: true });
  const until = h('input', { type: 'date', 'aria-label': 'To, that day included', required: true });
  const chosen = (): void => {
    const fault = faultOf(from.value, until.value);
    until.setCustomValidity(fault);
    if (fault !== '') until.reportValidity();
    else go({ range: { from: from.value, to: addDays(until.value, 1) } });
  };
  for (const input of [from, until]) input.addEventListener('change', chosen);
  return {
    element: h(
      'div',
      { class: 'range', role: 'group', 'aria-label': 'Range' },
      h('div', { class: 'segments' }, quick),
      h('div', { class: 'dates' }, from, h('span', { 'aria-hidden': 'true' }, '–'), until),
    ),
    update: ({ range, time_zone }) => {
      const now = new Date();
      const bounds = boundsOf(range, time_zone, now);
      const last = bounds.to === undefined ? dayIn(time_zone, now) : addDays(bounds.to, -1);
      for (const button of quick) {
        const pressed = 'days' in range && button.dataset['days'] === String(range.days);
        button.setAttribute('aria-pressed', String(pressed));
      }
      until.setCustomValidity('');
      [from.value, until.value] = [bounds.from, last];
    },
  };
}

function faultOf(from: string, until: string): string {
  if (!isDay(from) || !isDay(until)) return 'Choose both days';
  return from <= until ? '' : 'The last day must not be before the first';
}
