const PLACE = 'devopstic.session';

/** Who is signed in, in this tab, until it is closed. */
export interface Session {
  credential: string;
  /** The user's name, or "API key". */
  name: string;
  kind: 'user' | 'key';
  /** When it ends; null: nobody knows. */
  expires: string | null;
}

export function currentSession(): Session | null {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE) ?? 'null') as Session | null;
  } catch {
    return null;
  }
}

export function keepSession(session: Session): void {
  sessionStorage.setItem(PLACE, JSON.stringify(session));
}

export function endSession(): void {
  sessionStorage.removeItem(PLACE);
}

/** Whether the operator lets anyone read; the service writes it into the page. */
export function readingIsOpen(): boolean {
  return document.documentElement.dataset['publicRead'] === 'true';
}
