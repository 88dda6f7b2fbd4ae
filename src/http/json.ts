import { isUtf8 } from 'node:buffer';
import { Problem } from './problem.js';

const BYTE_ORDER_MARK = '\uFEFF';

/** The value that a JSON body says; throws Problem 400 if it is not UTF-8 or not JSON. Nothing: undefined. */
export function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new Problem(400, 'The body is not valid UTF-8');
  const text = bytes.toString('utf8');
  if (text.trim() === '') return undefined;
  try {
    // Some senders (PowerShell) begin with a byte order mark, which JSON.parse refuses.
    return JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text) as unknown;
  } catch (cause) {
    throw new Problem(400, `The body is not valid JSON${where(cause)}`);
  }
}

/** The parser's own message cites the body, which may hold secrets; its position does not. */
function where(cause: unknown): string {
  const position = cause instanceof Error ? /at position \d+(?: \(line \d+ column \d+\))?/.exec(cause.message) : null;
  return position ? ` ${position[0]}` : '';
}
