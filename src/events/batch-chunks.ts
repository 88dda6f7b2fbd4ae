import { Pace } from '../http/pace.js';

/** One item as it came: its value, or why it could not be parsed; and its length, where it was not in memory before. */
export type BatchItem = ({ value: unknown } | { unreadable: string }) & { bytes?: number };

export type AnyIterable<T> = AsyncIterable<T> | Iterable<T>;

/** Items that are recorded at a time: bounds memory, and gives the sender's pace to the database. */
const MOST_ITEMS = 1000;
/** A full chunk of common events has a quarter of it. */
const MOST_BYTES = 1_048_576;

/** What was read of the items, in chunks that are small enough to be held in memory. */
export async function* chunksOf<T>(
  items: AnyIterable<BatchItem>,
  read: (item: BatchItem) => T,
): AsyncGenerator<T[], void> {
  let chunk: T[] = [];
  let bytes = 0;
  const pace = new Pace();
  for await (const item of items) {
    chunk.push(read(item));
    bytes += item.bytes ?? 0;
    // Items that are in memory already come without a pause.
    await pace.rest();
    if (chunk.length < MOST_ITEMS && bytes < MOST_BYTES) continue;
    yield chunk;
    chunk = [];
    bytes = 0;
  }
  if (chunk.length > 0) yield chunk;
}
