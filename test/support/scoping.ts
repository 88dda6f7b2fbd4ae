import type { TestApp } from './app.js';

export interface InForce {
  version: number;
  rules: Record<string, unknown>;
}

/** Makes rules, all of them: what is left out is not said. */
export async function putScope(app: TestApp, rules: object, more: object = {}): Promise<InForce> {
  const answer = await app.request('PUT', '/scope', { body: { rules, ...more } });
  if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as InForce;
}

export async function getScope(app: TestApp): Promise<InForce> {
  return (await (await app.request('GET', '/scope')).json()) as InForce;
}
