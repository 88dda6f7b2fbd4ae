import { parseInstant } from '../events/instant.js';

/** A payload lacks what its event is known to have. The provider is told where, so that its owner sees it there. */
export class MalformedPayload extends Error {
  constructor(
    readonly pointer: string,
    readonly detail: string,
  ) {
    super(`${pointer} ${detail}`);
  }
}

/** A place in a payload that nobody has checked: whoever reads from it says what must be there. */
export class Payload {
  constructor(
    private readonly value: unknown,
    private readonly pointer = '',
  ) {}

  at(...path: string[]): Payload {
    const pointer = path.reduce((before, name) => `${before}/${name}`, this.pointer);
    return new Payload(path.reduce(memberOf, this.value), pointer);
  }

  /** All that is there, for what knows its way by itself. */
  json(): unknown {
    return this.value;
  }

  /** What was packed into a member of this, by that member's name. */
  unpacked(name: string, value: unknown): Payload {
    return new Payload(value, `${this.pointer}/${name}`);
  }

  text(): string {
    return this.optionalText() ?? this.refuse('must be a string, not empty');
  }

  /** For what an event can do without: anything but a string with something in it is nothing. */
  optionalText(): string | undefined {
    return typeof this.value === 'string' && this.value !== '' ? this.value : undefined;
  }

  /** Null is the same as absent. */
  isGiven(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  integer(): number {
    return this.optionalInteger() ?? this.refuse('must be an integer');
  }

  optionalInteger(): number | undefined {
    return typeof this.value === 'number' && Number.isSafeInteger(this.value) ? this.value : undefined;
  }

  /** Absent is false. */
  flag(): boolean {
    return this.value === true;
  }

  /** Absent is true. */
  flagUnlessFalse(): boolean {
    return this.value !== false;
  }

  /** A time in either of the forms that the event contract knows: text, or seconds since 1970. */
  optionalTime(): string | number | undefined {
    return this.optionalInteger() ?? this.optionalText();
  }

  time(): string | number {
    return this.optionalTime() ?? this.refuse('must be a time');
  }

  /** An RFC 3339 time in UTC with milliseconds: the same text for the same time, however it was written. */
  moment(): string {
    const time = parseInstant(this.text());
    return typeof time === 'number' ? new Date(time).toISOString() : this.refuse(time);
  }

  /** A time told in milliseconds since 1970 or in nanoseconds, as a number or as its digits. */
  epochTime(): string {
    const digits = typeof this.value === 'number' ? String(this.value) : (this.optionalText() ?? '');
    if (!/^(\d{12,13}|\d{18,19})$/.test(digits)) return this.refuse('must be a time in milliseconds since 1970');
    return new Date(digits.length > 13 ? Math.floor(Number(digits) / 1e6) : Number(digits)).toISOString();
  }

  /** Anything but an array is empty. */
  optionalList(): Payload[] {
    return Array.isArray(this.value) ? this.list() : [];
  }

  /** What the items of a list have at that place, those that have a text there. */
  textsAt(...path: string[]): string[] {
    return this.optionalList().flatMap((item) => item.at(...path).optionalText() ?? []);
  }

  list(): Payload[] {
    const items: unknown[] = Array.isArray(this.value) ? this.value : this.refuse('must be an array');
    return items.map((item, index) => new Payload(item, `${this.pointer}/${index}`));
  }

  private refuse(detail: string): never {
    throw new MalformedPayload(this.pointer, detail);
  }
}

/** Only what the sender wrote: a key such as `constructor` finds nothing of ours. */
function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}
