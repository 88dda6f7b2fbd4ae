/** SQLSTATE classes and codes that mean "no database for now", not "a bad statement". */
const AWAY_CODES = /^(08...|57P0[1-5]|53300|53400|58000|58030|25006)$/;
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

/** Whether an error of `pg` (or one of TypeORM around it) says that the database cannot be reached at the moment. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, driverError, cause } = error as { code?: unknown; driverError?: unknown; cause?: unknown };
  if (typeof code === 'string' && (AWAY_CODES.test(code) || AWAY_SYSTEM_CODES.has(code))) return true;
  if (AWAY_MESSAGES.test(error.message)) return true;
  const inner = driverError ?? cause ?? (error instanceof AggregateError ? error.errors[0] : undefined);
  return inner !== undefined && inner !== error && isDatabaseAway(inner);
}
