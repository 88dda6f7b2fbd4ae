import { ApiError, post } from '../api/api.js';
import { currentSession } from '../api/session.js';
import { fill, h } from '../dom.js';

const PLACEHOLDER = 'YOUR_API_KEY';

/** What an installation shows that has no events yet: how to send the first. Goes away when that has come. */
export function firstEventView(): HTMLElement {
  const command = h('pre', { tabindex: '0', 'aria-label': 'The command' }, curl(PLACEHOLDER));
  const useKey = (key: string): void => {
    command.textContent = curl(key);
  };
  return h(
    'section',
    { class: 'first sheet', 'aria-labelledby': 'first-title' },
    h('h1', { id: 'first-title' }, 'Send the first event'),
    h(
      'p',
      {},
      'There is nothing to show yet. Metrics are made of events: tell DevOpstic of a deployment to begin with.',
    ),
    h('ol', {}, [
      h('li', {}, h('h2', {}, 'Get a key'), keyStep(useKey)),
      h(
        'li',
        {},
        h('h2', {}, 'Tell of a deployment'),
        command,
        copyButton(() => command.textContent),
      ),
      h(
        'li',
        {},
        h('h2', {}, 'Watch it arrive'),
        h('p', { class: 'pulse', role: 'status' }, 'Waiting for the first event. This page changes by itself.'),
      ),
    ]),
    h('p', { class: 'about' }, 'All that can be sent is in ', h('a', { href: 'docs' }, 'the API’s pages'), '.'),
  );
}

function keyStep(useKey: (key: string) => void): HTMLElement {
  const place = h('div', {});
  const ask = 'Ask an admin for an API key with the scope events:write, and put it into the command.';
  const create = async (): Promise<void> => {
    fill(place, h('p', { role: 'status' }, 'Making a key…'));
    try {
      const name = `first event, ${new Date().toISOString().slice(0, 16)}Z`;
      const { secret } = await post<{ secret: string }>('api-keys', { name, scopes: ['events:write'] });
      useKey(secret);
      const told = h('p', { role: 'status' }, 'The key is in the command. It is shown only now: ');
      fill(place, told, h('code', { class: 'secret' }, secret));
    } catch (cause) {
      const denied = cause instanceof ApiError && (cause.status === 403 || cause.status === 401);
      fill(place, h('p', { role: 'alert' }, denied ? ask : `No key was made: ${String(cause)}.`), !denied && button);
    }
  };
  const button = h('button', { type: 'button', class: 'main', onclick: () => void create() }, 'Create a key');
  const about = h('p', {}, 'An API key that may send events, and nothing else. Only admins can make one.');
  fill(place, currentSession() === null ? h('p', {}, ask) : [about, button]);
  return place;
}

function curl(key: string): string {
  const url = new URL('events', document.baseURI);
  const event = {
    type: 'deploy',
    pipeline_id: 'my-service',
    environment: 'production',
    status: 'success',
    commit_id: 'abc123',
  };
  return [
    `curl -X POST '${url.href}' \\`,
    `  -H 'Authorization: Bearer ${key}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify(event)}'`,
  ].join('\n');
}

function copyButton(text: () => string): HTMLElement {
  const button = h('button', { type: 'button', onclick: () => void copy() }, 'Copy');
  const copy = async (): Promise<void> => {
    // There is no clipboard where the page is not served over TLS or from this machine.
    const copied = await navigator.clipboard?.writeText(text()).then(
      () => true,
      () => false,
    );
    button.textContent = copied ? 'Copied' : 'Select the command and copy it by hand';
  };
  return button;
}
