import { BUCKETS } from '../../../metrics/catalogue/metrics.js';
import type { Pipeline } from '../api/answers.js';
import { h } from '../dom.js';
import type { Choice } from './choice.js';
import { dropDown } from './drop-down.js';
import { picker } from './picker.js';
import { rangePicker } from './range-picker.js';

type Go = (change: Partial<Choice>) => void;

interface Filters {
  element: HTMLElement;
  update(choice: Choice, pipelines: readonly Pipeline[]): void;
}

/** What is to be seen: kept in place while the page changes, so that the keyboard stays where it is. */
export function filters(go: Go): Filters {
  const pipelines = picker('Pipelines', 'all', (chosen) => go({ pipelines: chosen }));
  const environments = picker('Environments', 'production', (chosen) => go({ environments: chosen }));
  const range = rangePicker(go);
  const details = moreOptions(go);
  return {
    element: h(
      'search',
      { class: 'filters', 'aria-label': 'What to show' },
      pipelines.element,
      environments.element,
      details.element,
      range.element,
    ),
    update: (choice, known) => {
      pipelines.update(
        known.map(({ pipeline_id }) => pipeline_id),
        choice.pipelines,
      );
      environments.update(environmentsOf(known), choice.environments);
      range.update(choice);
      details.update(choice);
    },
  };
}

function environmentsOf(pipelines: readonly Pipeline[]): string[] {
  const names = pipelines.flatMap(({ environments }) => environments.map(({ environment }) => environment));
  return [...new Set(names)].toSorted();
}

function moreOptions(go: Go) {
  const zone = h('select', {}, zones());
  const bucket = h(
    'select',
    {},
    option('', 'to suit the range'),
    BUCKETS.map((one) => option(one, `by ${one}`)),
  );
  const bots = h('input', { type: 'checkbox' });
  zone.addEventListener('change', () => go({ time_zone: zone.value }));
  bucket.addEventListener('change', () => go({ bucket: bucket.value === '' ? null : bucket.value }));
  bots.addEventListener('change', () => go({ bots: bots.checked }));
  const down = dropDown(
    'Options',
    h('label', {}, 'Time zone', zone),
    h('label', {}, 'Trends', bucket),
    h('label', { class: 'check' }, bots, h('span', {}, 'Count the changes of bots')),
  );
  const update = (choice: Choice): void => {
    if (![...zone.options].some(({ value }) => value === choice.time_zone)) zone.prepend(option(choice.time_zone));
    zone.value = choice.time_zone;
    bucket.value = choice.bucket ?? '';
    bots.checked = choice.bots;
    down.say(choice.time_zone);
  };
  return { element: down.element, update };
}

function zones(): HTMLElement[] {
  const names = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')];
  return names.map((name) => option(name));
}

function option(value: string, text = value): HTMLElement {
  return h('option', { value }, text);
}
