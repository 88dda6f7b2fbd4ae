import { h } from './dom.js';

/** Told to the document when colours change, for what is drawn and not styled. */
export const THEME_CHANGED = 'devopstic:theme';

const PLACE = 'devopstic.theme';
const THEMES = ['auto', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const SIGNS: Readonly<Record<Theme, string>> = { auto: '◐', light: '☀', dark: '☾' };

/** As the system has it, unless this browser was told otherwise. */
export function startTheme(): void {
  apply(chosen());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', announce);
}

export function themeButton(): HTMLElement {
  const button = h('button', { type: 'button', class: 'quiet icon', onclick: () => next() });
  const next = (): void => {
    const theme = THEMES[(THEMES.indexOf(chosen()) + 1) % THEMES.length] ?? 'auto';
    localStorage.setItem(PLACE, theme);
    apply(theme);
    announce();
    show();
  };
  const show = (): void => {
    const theme = chosen();
    button.textContent = SIGNS[theme];
    button.title = `Colours: ${theme === 'auto' ? 'as the system' : theme}`;
    button.setAttribute('aria-label', button.title);
  };
  show();
  return button;
}

function chosen(): Theme {
  return THEMES.find((theme) => theme === localStorage.getItem(PLACE)) ?? 'auto';
}

function apply(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

function announce(): void {
  document.dispatchEvent(new CustomEvent(THEME_CHANGED));
}
