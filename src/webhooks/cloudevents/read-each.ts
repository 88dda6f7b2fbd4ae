import type { EventBody } from '../../events/event.js';
import type { Reading } from '../webhook-source.js';

/** What several events tell together: one that is of no use does not keep the rest out. */
export function readEach<Told>(
  events: readonly Told[],
  read: (event: Told) => Reading,
): Extract<Reading, { events: EventBody[] }> {
  const readings = events.map(read);
  return {
    events: readings.flatMap((reading) => ('events' in reading ? reading.events : [])),
    ignored: readings.find((reading) => reading.ignored !== undefined)?.ignored,
  };
}
