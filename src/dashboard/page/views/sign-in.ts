import { ApiError, signIn, signInWithKey } from '../api/api.js';
import { h } from '../dom.js';

interface SignIn {
  /** Why it is asked for, if somebody was here already. */
  reason: string | null;
  done: () => void;
}

/** By name and password, or with an API key. */
export function signInView({ reason, done }: SignIn): HTMLElement {
  const byName = form(
    [
      field('Username', { name: 'username', autocomplete: 'username' }),
      field('Password', { name: 'password', type: 'password', autocomplete: 'current-password' }),
    ],
    (values) => signIn(values.get('username') ?? '', values.get('password') ?? ''),
    done,
  );
  const byKey = form(
    [
      field('API key', {
        name: 'key',
        type: 'password',
        autocomplete: 'off',
        placeholder: 'dvo_…',
        spellcheck: 'false',
      }),
    ],
    (values) => signInWithKey((values.get('key') ?? '').trim()),
    done,
  );
  return h(
    'section',
    { class: 'sign-in sheet', 'aria-labelledby': 'sign-in-title' },
    h('h1', { id: 'sign-in-title' }, 'Sign in'),
    reason !== null && h('p', { class: 'notice', role: 'status' }, reason),
    byName,
    h(
      'details',
      {},
      h('summary', {}, 'Use an API key instead'),
      h('p', { class: 'about' }, 'It needs the scope metrics:read, and is kept until this tab is closed.'),
      byKey,
    ),
  );
}

type Values = ReadonlyMap<string, string>;

function form(fields: HTMLElement[], act: (values: Values) => Promise<void>, done: () => void): HTMLFormElement {
  const said = h('p', { class: 'refused', role: 'alert' });
  const button = h('button', { type: 'submit', class: 'main' }, 'Sign in');
  const made = h('form', {}, fields, said, button);
  const submit = async (): Promise<void> => {
    button.disabled = true;
    said.textContent = '';
    try {
      await act(valuesOf(made));
      done();
    } catch (cause) {
      said.textContent = refusal(cause);
      made.querySelector('input')?.focus();
    }
    button.disabled = false;
  };
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  return made;
}

function valuesOf(made: HTMLFormElement): Values {
  return new Map([...made.querySelectorAll('input')].map(({ name, value }) => [name, value]));
}

function field(label: string, attributes: Record<string, string>): HTMLElement {
  return h('label', {}, label, h('input', { required: true, ...attributes }));
}

function refusal(cause: unknown): string {
  if (!(cause instanceof ApiError)) throw cause;
  if (cause.status === 0) return 'The service cannot be reached. Check that it is running and that you are connected.';
  if (cause.status === 403) return 'This key may not read the metrics: it needs the scope metrics:read.';
  const wait = cause.retryAfter === null ? '' : ` Try again in ${cause.retryAfter} s.`;
  return `${cause.detail.replace(/\.$/, '')}.${wait}`;
}
