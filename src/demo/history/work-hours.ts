import type { Random } from './random.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const BEGIN = 8 * HOUR;
const END = 18 * HOUR;

export function midnight(time: number): number {
  return time - (time % DAY);
}

/** 0 is Sunday. */
export function weekday(time: number): number {
  return new Date(time).getUTCDay();
}

export function isWorkday(time: number): boolean {
  return weekday(time) % 6 !== 0;
}

function isWorkTime(time: number): boolean {
  return isWorkday(time) && time % DAY >= BEGIN && time % DAY < END;
}

/** That time, or some time in the first hours of the next workday if nobody is at work then. */
export function atWork(time: number, random: Random): number {
  if (isWorkTime(time)) return time;
  let day = midnight(time) + (isWorkday(time) && time % DAY < BEGIN ? 0 : DAY);
  while (!isWorkday(day)) day += DAY;
  return day + BEGIN + random.between(0, 2.5 * HOUR);
}
