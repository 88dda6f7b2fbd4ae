import { createHmac, randomUUID } from 'node:crypto';
import type { TestApp } from './app.js';

export interface Person {
  id: string;
  username: string;
  password: string;
  token: string;
}

/** A new user, logged in. */
export async function aUser(app: TestApp, role: 'admin' | 'editor' | 'viewer' = 'viewer'): Promise<Person> {
  const person = { username: `user-${randomUUID()}`, password: `secret ${randomUUID()}` };
  const answer = await app.request('POST', '/users', { body: { ...person, role } });
  if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
  const { id } = (await answer.json()) as { id: string };
  return { ...person, id, token: await tokenOf(app, person) };
}

export async function tokenOf(app: TestApp, { username, password }: Pick<Person, 'username' | 'password'>) {
  const answer = await logIn(app, { username, password });
  if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { token: string }).token;
}

export function logIn(app: TestApp, credentials: unknown): Promise<Response> {
  return app.request('POST', '/tokens', { token: null, body: credentials });
}

export interface Key {
  id: string;
  secret: string;
  prefix: string;
}

/** A new API key; may send events unless told otherwise. */
export async function aKey(app: TestApp, body: Record<string, unknown> = {}): Promise<Key> {
  const answer = await app.request('POST', '/api-keys', { body: { name: 'job', scopes: ['events:write'], ...body } });
  if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Key;
}

/** A JSON web token made by hand, with the HMAC of its algorithm; unsigned without a secret. */
export function forged(header: { alg: string }, claims: object, secret: string | null): string {
  const hash = header.alg === 'HS512' ? 'sha512' : 'sha256';
  const [head, body] = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  const signed = `${head}.${body}`;
  return `${signed}.${secret === null ? '' : createHmac(hash, secret).update(signed).digest('base64url')}`;
}

/** The problem that an answer must be, and the pointers of its errors. */
export async function problemOf(answer: Response): Promise<{ status: number; detail: string; pointers: string[] }> {
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const problem = (await answer.json()) as { status: number; detail: string; errors: { pointer: string }[] };
  expect(problem.status).toBe(answer.status);
  const { status, detail, errors } = problem;
  return { status, detail, pointers: errors.map(({ pointer }) => pointer) };
}
