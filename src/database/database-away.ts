/**
 * SQLSTATE classes and codes that mean "no database for now", not "a bad statement". 42883, a function that is not there,
 * is one of them: a newer version has brought others, and this instance is about to be replaced.
 */
const AWAY_CODES = /^(08...|57P0[1-5]|53300|53400|58000|58030|25006|42883)$/;
const AWAY_SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EAI_AGAIN',
]);
/** pg reports these two without a code. */
const AWAY_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

interface Told {
  code?: unknown;
  message?: unknown;
  /** What `pg` threw, inside an error of TypeORM. */
  driverError?: unknown;
  cause?: unknown;
  /** One for each address that was tried. */
  errors?: unknown[];
}

/** Whether an error of `pg` (or one of TypeORM around it) says that the database cannot be reached at the moment. */
export function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message, driverError, cause, errors } = error as Told;
  if (typeof code === 'string' && (AWAY_CODES.test(code) || AWAY_SYSTEM_CODES.has(code))) return true;
  if (typeof message === 'string' && AWAY_MESSAGES.test(message)) return true;
  const inner = driverError ?? cause ?? errors?.[0];
  return inner !== undefined && inner !== error && isDatabaseAway(inner);
}
