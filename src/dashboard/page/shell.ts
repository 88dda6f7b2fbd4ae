import { currentSession, readingIsOpen } from './api/session.js';
import { type Choice, type View, VIEWS, writeChoice } from './choice/choice.js';
import { filters } from './choice/filters.js';
import { fill, h, svg } from './dom.js';
import { themeButton } from './theme.js';

type Go = (change: Partial<Choice>) => void;
type OnSession = (wanted: 'in' | 'out') => void;

const TITLES: Readonly<Record<View, string>> = {
  overview: 'Overview',
  pipelines: 'Pipelines',
  deployments: 'Deployments',
  incidents: 'Incidents',
};

/** What stays around the views. */
export interface Shell {
  main: HTMLElement;
  filters: ReturnType<typeof filters>;
  /** Shows where we are, and who. */
  update(choice: Choice): void;
  /** Whether there is anything to choose from. */
  bare(on: boolean): void;
  busy(on: boolean): void;
}

export function shell(root: HTMLElement, go: Go, onSession: OnSession): Shell {
  const main = h('main', { id: 'main', tabindex: '-1' });
  const progress = h('div', { class: 'progress', role: 'progressbar', 'aria-label': 'Loading', hidden: true });
  const tabs = VIEWS.map((view) => tab(view, go));
  const nav = h(
    'nav',
    { 'aria-label': 'Views' },
    tabs.map(({ element }) => element),
  );
  const account = accountOf(onSession);
  const chosen = filters(go);
  const head = h('header', { class: 'top' }, brand(), nav, account.element, progress);
  fill(root, h('a', { class: 'skip', href: '#main' }, 'Skip to the numbers'), head, chosen.element, main);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  return {
    main,
    filters: chosen,
    update: (choice) => {
      for (const { update } of tabs) update(choice);
      account.update();
      document.title = `${TITLES[choice.view]} · DevOpstic`;
    },
    bare: (on) => {
      nav.hidden = on;
      chosen.element.hidden = on;
    },
    busy: (on) => {
      clearTimeout(waiting);
      main.setAttribute('aria-busy', String(on));
      if (!on) progress.hidden = true;
      else waiting = setTimeout(() => (progress.hidden = false), 150);
    },
  };
}

function brand(): HTMLElement {
  const line = svg('path', { d: 'M6 21l6-7 5 4 8-10', class: 'brand-line' });
  const mark = svg('svg', { viewBox: '0 0 32 32', 'aria-hidden': 'true' }, line);
  return h('a', { class: 'brand', href: './' }, mark, 'DevOpstic');
}

function tab(view: View, go: Go) {
  const element = h('a', {}, TITLES[view]);
  element.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go({ view, explained: null });
  });
  const update = (choice: Choice): void => {
    element.href = `?${writeChoice({ ...choice, view, explained: null })}`;
    if (view === choice.view) element.setAttribute('aria-current', 'page');
    else element.removeAttribute('aria-current');
  };
  return { element, update };
}

function accountOf(onSession: OnSession) {
  const enter = h('button', { type: 'button', class: 'quiet', onclick: () => onSession('in') }, 'Sign in');
  const leave = h('button', { type: 'button', class: 'quiet', onclick: () => onSession('out') }, 'Sign out');
  const who = h('span', { class: 'who' });
  const docs = h('a', { href: 'docs', class: 'quiet', title: 'The API: try it out' }, 'API');
  const update = (): void => {
    const session = currentSession();
    who.textContent = session?.name ?? '';
    who.hidden = leave.hidden = session === null;
    enter.hidden = session !== null || !readingIsOpen();
  };
  return { element: h('div', { class: 'account' }, docs, themeButton(), who, enter, leave), update };
}
