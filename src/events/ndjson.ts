import type { BatchItem } from './batch-chunks.js';

/** One event is far smaller; a longer line is no event, and must not fill the memory. */
const LONGEST_LINE = 1_048_576;
const NEWLINE = 0x0a;
const utf8 = new TextDecoder('utf-8', { fatal: true });
const UNREADABLE_LENGTH = `a line must not be longer than ${LONGEST_LINE} bytes`;

/** An item, and the line that it was on, from 1. */
type NdjsonItem = BatchItem & { line: number };

/** The lines of an NDJSON stream, parsed; blank lines are no items. Holds one line at a time. */
export async function* readNdjson(stream: AsyncIterable<Uint8Array>): AsyncGenerator<NdjsonItem> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let line = 1;
  const take = (part: Uint8Array) => {
    length += part.length;
    if (length <= LONGEST_LINE) parts.push(part);
  };
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      take(chunk.subarray(start, end));
      yield* parseLine(parts, length, line);
      parts = [];
      length = 0;
      start = end + 1;
      line++;
    }
    take(chunk.subarray(start));
  }
  yield* parseLine(parts, length, line);
}

function* parseLine(parts: Uint8Array[], length: number, line: number): Generator<NdjsonItem> {
  if (length > LONGEST_LINE) {
    yield { line, unreadable: UNREADABLE_LENGTH };
    return;
  }
  const [only] = parts;
  try {
    const text = utf8.decode(parts.length === 1 ? only : Buffer.concat(parts)).trim();
    if (text !== '') yield { line, bytes: length, value: JSON.parse(text) as unknown };
  } catch (error) {
    yield { line, unreadable: error instanceof SyntaxError ? 'is not valid JSON' : 'is not valid UTF-8' };
  }
}
