import type { BatchItem } from './batch-intake.js';

/** One event is far smaller; a longer line is no event, and must not fill the memory. */
const LONGEST_LINE = 1_048_576;
const NEWLINE = 0x0a;
const UNREADABLE_LENGTH = `a line must not be longer than ${LONGEST_LINE} bytes`;

/** The lines of an NDJSON stream, parsed; blank lines count for nothing. Holds one line at a time. */
export async function* readNdjson(stream: AsyncIterable<Uint8Array>): AsyncGenerator<BatchItem> {
  let parts: Uint8Array[] = [];
  let length = 0;
  const take = (part: Uint8Array) => {
    length += part.length;
    if (length <= LONGEST_LINE) parts.push(part);
  };
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      take(chunk.subarray(start, end));
      yield* parseLine(parts, length);
      parts = [];
      length = 0;
      start = end + 1;
    }
    take(chunk.subarray(start));
  }
  yield* parseLine(parts, length);
}

function* parseLine(parts: Uint8Array[], length: number): Generator<BatchItem> {
  if (length > LONGEST_LINE) {
    yield { unreadable: UNREADABLE_LENGTH };
    return;
  }
  try {
    const line = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)).trim();
    if (line !== '') yield { value: JSON.parse(line) as unknown };
  } catch (error) {
    yield { unreadable: error instanceof SyntaxError ? 'is not valid JSON' : 'is not valid UTF-8' };
  }
}
