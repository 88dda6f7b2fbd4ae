import { ValidateBy } from 'class-validator';

const DATE = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;
const FIRST_YEAR = 1970;
const LAST_YEAR = 2999;

/** Whether it is a date alone: its midnight depends on the time zone. */
export function isDate(text: string): boolean {
  return DATE.test(text);
}

/** A date, or an RFC 3339 date and time with its offset. */
export function IsMoment(): PropertyDecorator {
  return ValidateBy({
    name: 'isMoment',
    validator: {
      validate: (value) => typeof value === 'string' && isMoment(value),
      defaultMessage: () =>
        `must be a date, or an RFC 3339 date and time with its offset, of the years ${FIRST_YEAR} to ${LAST_YEAR}`,
    },
  });
}

function isMoment(text: string): boolean {
  const date = text.slice(0, 10);
  const year = Number(date.slice(0, 4));
  const instant = isDate(text) ? midnight(date) : Date.parse(text);
  const written = isDate(text) || INSTANT.test(text);
  return written && !Number.isNaN(instant) && isOfTheCalendar(date) && year >= FIRST_YEAR && year <= LAST_YEAR;
}

/** `Date` takes 30 February for 2 March. */
function isOfTheCalendar(date: string): boolean {
  const time = midnight(date);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

function midnight(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}
