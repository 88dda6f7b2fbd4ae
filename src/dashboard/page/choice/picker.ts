import { fill, h } from '../dom.js';
import { dropDown } from './drop-down.js';

interface Picker {
  element: HTMLElement;
  update(options: readonly string[], chosen: readonly string[]): void;
}

const SEARCHED_FROM = 8;

/** Any number of names out of many. None chosen: what `all` says. */
export function picker(label: string, all: string, onChange: (chosen: string[]) => void): Picker {
  let options: readonly string[] = [];
  let chosen: readonly string[] = [];
  const search = h('input', {
    type: 'search',
    placeholder: 'Search',
    'aria-label': `Search ${label}`,
    oninput: () => list(),
  });
  const rows = h('div', { class: 'options', role: 'group', 'aria-label': label });
  const clear = h('button', { type: 'button', class: 'quiet', onclick: () => choose([]) }, all);
  const down = dropDown(label, search, rows, clear);

  const choose = (names: string[]): void => {
    chosen = names;
    show();
    onChange(names);
  };
  const toggle = (name: string, on: boolean): void => {
    choose(on ? [...chosen, name] : chosen.filter((one) => one !== name));
  };
  const list = (): void => {
    const text = search.value.trim().toLowerCase();
    const found = options.filter((name) => name.toLowerCase().includes(text));
    fill(rows, found.length > 0 ? found.map((name) => row(name, toggle)) : h('p', { class: 'about' }, 'No such name'));
    show();
  };
  const show = (): void => {
    down.say(summaryOf(chosen, all));
    for (const box of rows.querySelectorAll('input')) box.checked = chosen.includes(box.value);
  };
  return {
    element: down.element,
    update: (names, picked) => {
      const listed = [...new Set([...names, ...picked])];
      chosen = picked;
      search.hidden = listed.length < SEARCHED_FROM;
      if (listed.join('\n') === options.join('\n')) return show();
      options = listed;
      list();
    },
  };
}

function row(name: string, toggle: (name: string, on: boolean) => void): HTMLElement {
  const box = h('input', { type: 'checkbox', value: name });
  box.addEventListener('change', () => toggle(name, box.checked));
  return h('label', {}, box, h('span', {}, name));
}

function summaryOf(chosen: readonly string[], all: string): string {
  if (chosen.length === 0) return all;
  return chosen.length <= 2 ? chosen.join(', ') : `${chosen.length} chosen`;
}
