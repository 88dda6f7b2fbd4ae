/** Whose fault it is that a statement failed, or what else it means. */
export type Fault =
  /** What was to be stored cannot be, now or ever. */
  | 'unstorable'
  /** It took too long or too much memory: for what it asks, or for what else the database has to do. */
  | 'exhausted'
  /** What it needs is locked by others. */
  | 'locked'
  /** It names what is not there: a newer version has brought other functions, or it is wrong. */
  | 'undefined'
  /** All connections that we allow ourselves are busy: there are too many of us. */
  | 'crowded'
  /** The database, or the way to it, is in no state to serve anybody: away, full, read-only, closed to us … */
  | 'away';

/** Data exceptions, constraints, limits of what can be stored. */
const UNSTORABLE_CLASSES = ['22', '23', '54'];
/** A time-out of the statement (or whoever canceled it); no memory left. */
const EXHAUSTED = ['57014', '53200'];
const LOCKED = '55P03';
/** A right that is lacking is of the class of undefined things, and is no fault of the statement. */
const NO_RIGHT = '42501';
const NO_SCHEMA = '3F000';
const SQLSTATE = /^(\d[0-9A-Z]|F0|HV|P0|XX)[0-9A-Z]{3}$/;

const SYSTEM_CODES = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'EPROTO',
  'ETIMEDOUT',
]);
/** What Node calls the faults of TLS, a certificate that is not trusted among them. */
const TLS_CODES = /^(ERR_SSL|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;
/** Of `query_timeout`. */
export const READ_TIMEOUT = 'Query read timeout';
const POOL_TIMEOUT = 'timeout exceeded when trying to connect';
/** pg reports these without a code. */
const AWAY_MESSAGES =
  /^(Connection terminated|timeout expired|Client (has encountered a connection error|was closed)|Cannot use a pool after|The server does not support SSL|There was an error establishing an SSL|SASL: |Unknown authenticationOk)/;

interface Told {
  code?: unknown;
  message?: unknown;
  /** What `pg` threw, inside an error of TypeORM. */
  driverError?: unknown;
  cause?: unknown;
  /** One for each address that was tried. */
  errors?: unknown[];
}

/** What an error of `pg`, or one of TypeORM around it, means; null: it is none. */
export function faultOf(error: unknown): Fault | null {
  if (typeof error !== 'object' || error === null) return null;
  const { code, message, driverError, cause, errors } = error as Told;
  const fault = (typeof code === 'string' ? byCode(code) : null) ?? byMessage(String(message));
  const inner = driverError ?? cause ?? errors?.[0];
  return fault ?? (inner === error ? null : faultOf(inner));
}

/** What is not known to be the statement's own fault is the database's: nothing may be answered as final for it. */
function byCode(code: string): Fault | null {
  if (SYSTEM_CODES.has(code) || TLS_CODES.test(code)) return 'away';
  if (!SQLSTATE.test(code)) return null;
  if (UNSTORABLE_CLASSES.includes(code.slice(0, 2))) return 'unstorable';
  if (EXHAUSTED.includes(code)) return 'exhausted';
  if (code === LOCKED) return 'locked';
  return (code.startsWith('42') && code !== NO_RIGHT) || code === NO_SCHEMA ? 'undefined' : 'away';
}

function byMessage(message: string): Fault | null {
  // The server would have ended the statement before: it does not answer any more.
  if (message === READ_TIMEOUT) return 'away';
  if (message === POOL_TIMEOUT) return 'crowded';
  return AWAY_MESSAGES.test(message) ? 'away' : null;
}
