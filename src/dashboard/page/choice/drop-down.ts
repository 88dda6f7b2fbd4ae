import { h, type Child } from '../dom.js';

interface DropDown {
  element: HTMLDetailsElement;
  /** What it says when it is closed. */
  say(text: string): void;
}

/** A button that opens a panel below it; Escape and a click elsewhere close it. */
export function dropDown(label: string, ...content: Child[]): DropDown {
  const value = h('span', { class: 'chosen' });
  const summary = h('summary', {}, h('span', { class: 'label' }, `${label} `), value);
  const element = h('details', { class: 'drop-down' }, summary, h('div', { class: 'sheet' }, content));
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !element.open) return;
    element.open = false;
    summary.focus();
  });
  document.addEventListener('click', (event) => {
    if (!event.composedPath().includes(element)) element.open = false;
  });
  return {
    element,
    say: (text) => {
      value.textContent = text;
      value.title = text;
    },
  };
}
