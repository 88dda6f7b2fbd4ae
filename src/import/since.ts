import { momentOf } from '../http/moment.js';
import { StartError } from '../start-error.js';

/** The contract knows no time before it. */
const BEGINNING = Date.UTC(2000, 0, 1);

/** Milliseconds since 1970 of the option `--since`; without it, of the beginning of all. */
export function sinceOf(text: string | undefined): number {
  if (text === undefined) return BEGINNING;
  const moment = momentOf(text);
  if (moment === null)
    throw new StartError(`--since ${text}: give a date as 2026-01-31, or a date and time of RFC 3339`);
  return Math.max(moment.getTime(), BEGINNING);
}
