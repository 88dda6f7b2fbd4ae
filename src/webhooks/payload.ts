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

  text(): string {
    return this.optionalText() ?? this.refuse('must be a string, not empty');
  }

  /** For what an event can do without: anything but a string with something in it is nothing. */
  optionalText(): string | undefined {
    return typeof this.value === 'string' && this.value !== '' ? this.value : undefined;
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

  /** A time told in milliseconds since 1970 or in nanoseconds, which its size tells apart; as a number or as digits. */
  epochTime(): string {
    const digits = typeof this.value === 'number' ? String(this.value) : (this.optionalText() ?? '');
    const ticks = /^\d{10,19}$/.test(digits)
      ? Number(digits)
      : this.refuse('must be a time in milliseconds since 1970');
    return new Date(ticks < NANOSECONDS ? ticks : Math.floor(ticks / 1e6)).toISOString();
  }

  /** Anything but an array is empty. */
  optionalList(): Payload[] {
    return Array.isArray(this.value) ? this.list() : [];
  }

  list(): Payload[] {
    const items: unknown[] = Array.isArray(this.value) ? this.value : this.refuse('must be an array');
    return items.map((item, index) => new Payload(item, `${this.pointer}/${index}`));
  }

  private refuse(detail: string): never {
    throw new MalformedPayload(this.pointer, detail);
  }
}

/** More than any time in milliseconds, less than any in nanoseconds. */
const NANOSECONDS = 1e16;

/** Only what the sender wrote: a key such as `constructor` finds nothing of ours. */
function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}
