import { ApiError } from './api/api.js';
import { h } from './dom.js';

const ADVICE: Readonly<Record<number, string>> = {
  0: 'Check that it is running and that you are connected.',
  403: 'Ask an admin for the right to read, or sign in as somebody who has it.',
  404: 'The service may be of another version than this page: load the page again.',
  429: 'Too many tries: wait a little.',
  503: 'The database is away or busy; it usually is back soon.',
};

/** What went wrong, and what to do about it. What passes by itself is tried again by itself. */
export function problem(cause: unknown, again: () => void): HTMLElement {
  const error = cause instanceof ApiError ? cause : new ApiError(-1, unexpected(cause));
  const faults = error.faults.map(({ pointer, detail }) => h('li', {}, `${pointer.slice(1)} ${detail}`));
  const button = h('button', { type: 'button', onclick: () => again() }, 'Try again');
  const box = h(
    'div',
    { class: 'problem', role: 'alert' },
    h('p', {}, h('b', {}, `${error.detail.replace(/\.$/, '')}.`), ' ', ADVICE[error.status]),
    faults.length > 0 && h('ul', {}, faults),
    button,
  );
  if (error.status === 0 || error.status === 503) countDown(error.retryAfter ?? 5, button, again);
  return box;
}

function unexpected(cause: unknown): string {
  console.error(cause);
  return 'Something went wrong in this page';
}

function countDown(seconds: number, button: HTMLElement, again: () => void): void {
  let left = seconds;
  const tick = setInterval(() => {
    left -= 1;
    if (!button.isConnected) clearInterval(tick);
    else if (left > 0) button.textContent = `Try again (in ${left} s)`;
    else {
      clearInterval(tick);
      again();
    }
  }, 1000);
}
