const SECOND_UNITS: readonly [number, string][] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
];

/** What stands for a value that there is not: never 0. */
export const NOTHING = '–';

/** A duration in its two greatest units, or from ten of it on in one: "3 d 4 h", "45 min". */
export function duration(seconds: number | null): string {
  if (seconds === null) return NOTHING;
  if (seconds < 1) return seconds === 0 ? '0 s' : '< 1 s';
  const first = SECOND_UNITS.findIndex(([size]) => Math.round(seconds) >= size);
  const [size, unit] = SECOND_UNITS[first] ?? [1, 's'];
  const [smaller, smallerUnit] = SECOND_UNITS[first + 1] ?? [1, ''];
  const steps = Math.round(seconds / smaller);
  const perUnit = size / smaller;
  const whole = Math.floor(steps / perUnit);
  const rest = steps % perUnit;
  // 23 h 59 min 40 s rounds to a day.
  if (size * whole >= (SECOND_UNITS[first - 1]?.[0] ?? Infinity)) return duration(size * whole);
  if (whole >= 10) return inOneUnit(first, seconds);
  return `${whole} ${unit}${smallerUnit !== '' && rest > 0 ? ` ${rest} ${smallerUnit}` : ''}`;
}

/** Rounded; what then fills the next unit, as 23 h 40 min does, is told in that. */
function inOneUnit(index: number, seconds: number): string {
  const [size, unit] = SECOND_UNITS[index] ?? [1, 's'];
  const rounded = Math.round(seconds / size);
  const next = SECOND_UNITS[index - 1];
  return next && rounded * size >= next[0] ? `1 ${next[1]}` : `${rounded} ${unit}`;
}

/** A duration for an axis: one unit, few digits. */
export function shortDuration(seconds: number | null): string {
  if (seconds === null) return NOTHING;
  const [size, unit] = SECOND_UNITS.find(([least]) => seconds >= least) ?? [1, 's'];
  return `${number(seconds / size, 1)} ${unit}`;
}

export function percent(ratio: number | null): string {
  return ratio === null ? NOTHING : `${number(ratio * 100, 1)} %`;
}

export function number(value: number | null, digits = 2): string {
  return value === null ? NOTHING : new Intl.NumberFormat('en', { maximumFractionDigits: digits }).format(value);
}

/** "1 change", "3 changes". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count, 0)} ${count === 1 ? one : many}`;
}

export function dateTime(instant: string | null, time_zone: string): string {
  const shape = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
  return instant === null ? NOTHING : in24Hours(shape, time_zone).format(new Date(instant));
}

export function date(instant: string, time_zone: string): string {
  return in24Hours({ day: 'numeric', month: 'short', year: 'numeric' }, time_zone).format(new Date(instant));
}

export function shortDate(instant: string, bucket: string, time_zone: string): string {
  const shape = bucket === 'month' ? ({ month: 'short', year: '2-digit' } as const) : undefined;
  return in24Hours(shape ?? { day: 'numeric', month: 'short' }, time_zone).format(new Date(instant));
}

/** A git hash by its first digits; other names as they are, unless they are endless. */
export function shortId(id: string): string {
  if (/^[0-9a-f]{40,64}$/.test(id)) return id.slice(0, 10);
  return id.length > 40 ? `${id.slice(0, 39)}…` : id;
}

function in24Hours(shape: Intl.DateTimeFormatOptions, timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', { ...shape, timeZone });
}
