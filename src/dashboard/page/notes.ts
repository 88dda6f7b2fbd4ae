import type { Context } from './context.js';
import { h } from './dom.js';

/** What explains numbers that are not there. */
export function notes({ choice, summary, pipelines }: Context): HTMLElement | null {
  if (pipelines.length === 0 || summary.environments.length > 0 || choice.environments.length > 0) return null;
  const unknown = choice.pipelines.filter((name) => pipelines.every(({ pipeline_id }) => pipeline_id !== name));
  if (unknown.length > 0) return h('p', { class: 'notice' }, `There is no pipeline ${unknown.join(', ')}.`);
  return h(
    'p',
    { class: 'notice' },
    'None of the environments counts as production, so there is nothing to measure. ',
    'Choose environments above, or name yours in DEVOPSTIC_PRODUCTION_ENVIRONMENTS.',
  );
}

/** Offers what has come since, to somebody who is in the middle of reading. */
export function newsNote(show: () => void): HTMLElement {
  const button = h('button', { type: 'button', onclick: () => show() }, 'Show them');
  return h('p', { class: 'notice news', role: 'status' }, 'New events have come. ', button);
}

/** Whether something is open or chosen in the page, which showing it anew would lose. */
export function isBeingRead(main: HTMLElement): boolean {
  return main.querySelector('details[open]') !== null || main.contains(document.activeElement) || scrollY > 200;
}
