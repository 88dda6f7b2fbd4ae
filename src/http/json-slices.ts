import { isUtf8 } from 'node:buffer';
import { Problem } from './problem.js';

/** Of a value that is longer, the members are parsed a few at a time. */
const SLICE = 65_536;
/** Members of arrays and objects, all told: nobody's body of 25 MiB has so many, and they take a hundred times its memory. */
const MOST_VALUES = 1_000_000;
/** Of one object. What checks bodies looks at each name, and more are no record of anything. */
const MOST_NAMES = 10_000;
/** So deep long values may stand in each other. */
const DEEPEST = 16;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** An array or object of which some members have been parsed. */
interface Part {
  into: unknown[] | Record<string, unknown>;
  /** Its name in the one around it; unused in an array. */
  name: string;
  /** So many have been parsed. */
  members: number;
  /** Whether a member must follow. */
  after_comma: boolean;
  /** Whether its last member was a part as well: nothing but a comma may follow. */
  after_part: boolean;
}

/**
 * JSON text, parsed in slices that end between the members of a long array or object. Where they end, a look at brackets,
 * commas and quotes says; what is in them, JSON.parse: the text is JSON if and only if all of them are.
 */
export class SlicedJson {
  /** What the text says, once all of it has been read; of nothing but blanks, undefined. */
  value: unknown;
  /** Around the whole is an array that is to have one member. */
  private readonly parts: Part[] = [aPart([], '')];
  private position = 0;
  /** Where that begins which is not parsed yet. */
  private start = 0;
  /** The last comma since, of the innermost part; -1: none. */
  private cut = -1;
  /** Where a member of the innermost part opened, and how many values there were until then. */
  private opened = 0;
  private values_at_opened = 0;
  /** Brackets that are open within the innermost part. */
  private depth = 0;
  private values = 0;
  private in_string = false;

  constructor(private readonly bytes: Buffer) {}

  /** Reads on, by so many bytes. Answers whether there is more. @throws Problem 400 */
  advance(bytes: number): boolean {
    const end = Math.min(this.position + bytes, this.bytes.length);
    while (this.position < end) {
      this.look(this.bytes[this.position]!);
      this.position++;
      if (this.position - this.start > SLICE) this.slice();
    }
    if (this.values > MOST_VALUES) throw new Problem(400, `The body has more than ${MOST_VALUES} values`);
    if (this.position < this.bytes.length) return true;
    this.finish();
    return false;
  }

  private look(byte: number): void {
    if (this.in_string) {
      if (byte === BACKSLASH) this.position++;
      else if (byte === QUOTE) this.in_string = false;
    } else if (byte === QUOTE) this.in_string = true;
    else if (byte === COMMA) this.comma();
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) this.open();
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) this.close(byte);
  }

  private comma(): void {
    this.values++;
    if (this.depth > 0) return;
    this.cut = this.position;
    if (this.innermost.after_part) this.parseToCut();
  }

  private open(): void {
    this.values++;
    if (this.depth === 0) [this.opened, this.values_at_opened] = [this.position, this.values];
    this.depth++;
  }

  private close(byte: number): void {
    if (this.depth > 0) {
      this.depth--;
      return;
    }
    const part = this.innermost;
    if (this.parts.length === 1 || Array.isArray(part.into) !== (byte === CLOSE_ARRAY)) throw invalid();
    this.parse(this.position, true);
    this.parts.pop();
    add(this.innermost.into, part.name, part.into);
    this.innermost.after_part = true;
    this.start = this.position + 1;
    this.cut = -1;
  }

  /** Parses the members that are complete; if none is, the one that is being read becomes a part. */
  private slice(): void {
    if (this.cut >= 0) this.parseToCut();
    else if (this.depth > 0) this.enter();
  }

  private parseToCut(): void {
    this.parse(this.cut, false);
    this.innermost.after_comma = true;
    this.start = this.cut + 1;
    this.cut = -1;
  }

  /** What was looked at of it is looked at again, as its members. */
  private enter(): void {
    if (this.innermost.after_part) throw invalid();
    if (this.parts.length > DEEPEST) throw new Problem(400, `Long values are nested more than ${DEEPEST} levels deep`);
    const before = this.text(this.start, this.opened);
    // An array stands for it, as only what may precede an array may precede it: a digit would go on a number.
    const name = Array.isArray(this.innermost.into) ? nameIn(`[${before}[]]`) : nameIn(`{${before}[]}`);
    this.innermost.after_comma = false;
    this.parts.push(aPart(this.bytes[this.opened] === OPEN_ARRAY ? [] : {}, name));
    this.position = this.start = this.opened + 1;
    this.values = this.values_at_opened;
    this.depth = 0;
    this.in_string = false;
  }

  private parse(end: number, is_last: boolean): void {
    const part = this.innermost;
    const text = this.text(this.start, end);
    const is_blank = /^[ \t\r\n]*$/.test(text);
    if (part.after_part) {
      if (!is_blank) throw invalid();
      part.after_part = false;
    } else if (!is_blank) {
      const { into } = part;
      const members = parsed(Array.isArray(into) ? `[${text}]` : `{${text}}`) as typeof into;
      const names = Object.keys(members);
      for (const name of names) add(into, name, (members as Record<string, unknown>)[name]);
      part.members += names.length;
      if (!Array.isArray(into) && part.members > MOST_NAMES) throw tooManyNames();
    } else if (!is_last || part.after_comma) throw invalid();
  }

  private finish(): void {
    if (this.parts.length > 1 || this.depth > 0 || this.in_string) throw invalid();
    this.parse(this.position, true);
    const values = this.innermost.into as unknown[];
    if (values.length > 1) throw invalid();
    [this.value] = values;
  }

  private text(start: number, end: number): string {
    const bytes = this.bytes.subarray(start, end);
    if (!isUtf8(bytes)) throw new Problem(400, 'The body is not valid UTF-8');
    return bytes.toString('utf8');
  }

  private get innermost(): Part {
    return this.parts.at(-1)!;
  }
}

function aPart(into: Part['into'], name: string): Part {
  return { into, name, members: 0, after_comma: false, after_part: false };
}

function add(into: Part['into'], name: string, value: unknown): void {
  if (Array.isArray(into)) into.push(value);
  // As JSON.parse does: a name like any other.
  else if (name === '__proto__')
    Object.defineProperty(into, name, { value, enumerable: true, configurable: true, writable: true });
  else into[name] = value;
}

/** The name of the only member. */
function nameIn(text: string): string {
  const names = Object.keys(parsed(text) as object);
  if (names.length !== 1) throw invalid();
  return names[0]!;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw invalid(cause);
  }
}

function tooManyNames(): Problem {
  return new Problem(400, `An object in the body has more than ${MOST_NAMES} names`);
}

function invalid(_cause?: unknown): Problem {
  return new Problem(400, 'The body is not valid JSON');
}
