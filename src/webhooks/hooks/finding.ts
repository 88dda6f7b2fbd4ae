/** Something in a payload, and where. */
export interface Found {
  value: unknown;
  /** JSON pointer into the payload; empty for the whole of it, and for what is in no payload. */
  pointer: string;
}

/** Why something of a payload cannot be used: there, and by what part of the declaration. */
export interface Finding {
  declared_at: string;
  pointer: string;
  detail: string;
}

const LONGEST_SHOWN = 100;
const MOST_NAMES = 10;

/** A value as a message cites it: short, and nothing that Postgres could not store. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return cut(JSON.stringify(value));
}

/** What could be asked for instead. */
export function namesIn(value: object): string {
  const names = Object.keys(value);
  const some = names.slice(0, MOST_NAMES).map((name) => cut(JSON.stringify(name).slice(1, -1)));
  return [...some, ...(names.length > MOST_NAMES ? ['…'] : [])].join(', ');
}

/** As RFC 6901 writes it. */
export function pointerTo(above: string, location: readonly (string | number)[]): string {
  const names = location.map((name) => String(name).replaceAll('~', '~0').replaceAll('/', '~1'));
  return [above, ...names].join('/').toWellFormed().replaceAll('\0', '\uFFFD');
}

function cut(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN).toWellFormed()}…` : text;
}
