import type { Reading } from './webhook-source.js';

/** What a delivery means that tells several things: all of their events, and the first reason why one of them has none. */
export function joined(readings: readonly Reading[]): Reading {
  return {
    events: readings.flatMap((reading) => ('events' in reading ? reading.events : [])),
    ignored: readings.find(({ ignored }) => ignored !== undefined)?.ignored,
  };
}
