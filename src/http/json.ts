import { isUtf8 } from 'node:buffer';
import { SlicedJson } from './json-slices.js';
import { Pace } from './pace.js';
import { Problem } from './problem.js';

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');
/** What is longer is parsed in slices: JSON.parse reads so much in a few milliseconds, whatever is in it. */
const AT_ONCE = 65_536;

/** The value that a JSON body says; throws Problem 400 if it is not UTF-8 or not JSON. Nothing: undefined. */
export function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw notUtf8();
  const text = withoutMark(bytes).toString('utf8');
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new Problem(400, `The body is not valid JSON${where(cause)}`);
  }
}

/**
 * The same of a body of any length, while others have their turn: JSON.parse takes 0.5 to 1 second for a million names, and
 * nothing else is done meanwhile.
 */
export async function parseJsonInTurns(bytes: Buffer): Promise<unknown> {
  if (bytes.length <= AT_ONCE) return parseJson(bytes);
  const pace = new Pace();
  const parsing = new SlicedJson(withoutMark(bytes));
  while (parsing.advance(AT_ONCE)) await pace.rest();
  return parsing.value;
}

/** Some senders (PowerShell) begin with a byte order mark, which JSON.parse refuses. */
function withoutMark(bytes: Buffer): Buffer {
  return bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? bytes.subarray(3) : bytes;
}

function notUtf8(): Problem {
  return new Problem(400, 'The body is not valid UTF-8');
}

/** The parser's own message cites the body, which may hold secrets; its position does not. */
function where(cause: unknown): string {
  const position = cause instanceof Error ? /at position \d+(?: \(line \d+ column \d+\))?/.exec(cause.message) : null;
  return position ? ` ${position[0]}` : '';
}
