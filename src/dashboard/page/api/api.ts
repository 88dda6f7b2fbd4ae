import { currentSession, keepSession, type Session } from './session.js';

export interface Fault {
  pointer: string;
  detail: string;
}

/** An answer that is none: what the API said, or status 0 if nobody answered. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly faults: readonly Fault[] = [],
    /** Seconds after which it may be tried again; null: the service did not say. */
    readonly retryAfter: number | null = null,
  ) {
    super(detail);
  }
}

/** Told to the document when the session has ended elsewhere. */
export const SESSION_ENDED = 'devopstic:session-ended';

type Parameters = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;

export function get<T>(path: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<T> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) if (one !== null && one !== undefined) query.append(name, String(one));
  }
  return ask<T>(query.size > 0 ? `${path}?${query}` : path, { signal: signal ?? null });
}

export function post<T>(path: string, body: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  return ask<T>(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** Signs in with a name and a password, for this tab. */
export async function signIn(username: string, password: string): Promise<void> {
  const { token, expire } = await post<{ token: string; expire: string }>('tokens', { username, password });
  keepSession({ credential: token, name: username, kind: 'user', expires: expire });
}

/** Signs in with a key or a token, once it has been seen to open the metrics. */
export async function signInWithKey(credential: string): Promise<void> {
  await ask('pipelines?limit=1', {}, credential);
  keepSession({ credential, name: 'API key', kind: 'key', expires: null });
}

/**
 * Ends the session on the side of the service. Who signs out is signed out here in any case: where the service cannot be
 * reached, or has ended the session already, its token is forgotten, and ends by itself.
 */
export async function logOut(): Promise<void> {
  const session = currentSession();
  if (session?.kind !== 'user') return;
  try {
    await ask('logout', { method: 'POST', keepalive: true }, session.credential);
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause;
  }
}

const RENEW_BEFORE = 3_600_000;

/** A page that is left open keeps its session: a token that is about to end is exchanged for a fresh one. */
export async function renewSession(): Promise<void> {
  const session = currentSession();
  if (session?.expires == null || Date.parse(session.expires) - Date.now() > RENEW_BEFORE) return;
  const { token, expire } = await get<{ token: string; expire: string }>('refresh_token');
  const renewed: Session = { ...session, credential: token, expires: expire };
  if (currentSession()?.credential === session.credential) keepSession(renewed);
}

async function ask<T>(path: string, request: RequestInit, credential?: string): Promise<T> {
  const bearer = credential ?? currentSession()?.credential;
  const headers = new Headers(request.headers);
  headers.set('accept', 'application/json');
  if (bearer !== undefined) headers.set('authorization', `Bearer ${bearer}`);
  const answer = await fetched(path, { ...request, headers });
  if (answer.status === 401 && bearer !== undefined && credential === undefined) {
    document.dispatchEvent(new CustomEvent(SESSION_ENDED));
  }
  if (!answer.ok) throw await refusalOf(answer);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

async function fetched(path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(path, request);
  } catch (cause) {
    if (request.signal?.aborted) throw cause;
    throw new ApiError(0, 'The service cannot be reached');
  }
}

async function refusalOf(answer: Response): Promise<ApiError> {
  const said = (await answer.json().catch(() => ({}))) as { detail?: string; errors?: Fault[] };
  const wait = Number(answer.headers.get('retry-after') ?? Number.NaN);
  return new ApiError(
    answer.status,
    said.detail ?? answer.statusText,
    said.errors ?? [],
    Number.isNaN(wait) ? null : wait,
  );
}
