import { MEBIBYTE } from '../http/body.js';

/** A delivery, and how large its body is. */
export interface Sized {
  id: string;
  bytes: number;
}

/** As large as the largest body that is taken: that one comes alone. */
export const MOST_BYTES = 25 * MEBIBYTE;
export const MOST_DELIVERIES = 500;

/** In their order, as many at a time as may be held with their bodies. */
export function* bodyGroups(deliveries: readonly Sized[]): Generator<string[]> {
  let group: string[] = [];
  let held = 0;
  for (const { id, bytes } of deliveries) {
    if (group.length > 0 && (held + bytes > MOST_BYTES || group.length === MOST_DELIVERIES)) {
      yield group;
      [group, held] = [[], 0];
    }
    group.push(id);
    held += bytes;
  }
  if (group.length > 0) yield group;
}
