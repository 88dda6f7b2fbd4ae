import { EVENT_FIELDS } from '../../events/event.fields.js';
import { convert } from './convert.js';
import { type FieldName, isScalar, type Taken } from './declaration.js';
import type { Delivered } from './delivered.js';
import { type Finding, type Found, shown } from './finding.js';
import type { Origin } from './origin.js';

/** What a field is in a delivery: nothing at all, something that `map` does not know, or of no use. */
export type FieldReading = { value: unknown } | { absent: true } | { unmapped: Finding } | { fault: Finding };

/** A field of an event that is taken from the payload. */
export class Field {
  constructor(
    readonly name: FieldName,
    /** Without it, the delivery is malformed. */
    readonly required: boolean,
    private readonly origin: Origin,
    private readonly declared: { at: string } & Pick<Taken, 'map' | 'default' | 'format' | 'zone'>,
  ) {}

  read(delivered: Delivered): FieldReading {
    const found = this.origin.find(delivered);
    const [first, ...more] = found;
    if (first === undefined)
      return this.declared.default === undefined ? { absent: true } : { value: this.declared.default };
    if (EVENT_FIELDS[this.name].kind === 'list') return this.readAll(found);
    if (more.length === 0) return this.readOne(first);
    return { fault: this.finding(first, `is one of ${found.length} values that were found, and the field takes one`) };
  }

  /** Why it is absent. */
  lost(delivered: Delivered): Finding {
    const { pointer, detail } = this.origin.lost(delivered);
    return { declared_at: this.declared.at, pointer, detail: `${detail}; it must give the ${this.name}` };
  }

  private readAll(found: Found[]): FieldReading {
    const readings = found.map((one) => this.readOne(one));
    const values = readings.flatMap((reading) => ('value' in reading ? [reading.value] : []));
    return readings.find((reading) => !('value' in reading)) ?? { value: values };
  }

  private readOne(found: Found): FieldReading {
    const value = this.meaning(found.value);
    if (value === undefined) return { unmapped: this.finding(found, this.unknown(found.value)) };
    const converted = convert(value, EVENT_FIELDS[this.name].kind, this.declared);
    return 'fault' in converted ? { fault: this.finding(found, converted.fault) } : converted;
  }

  /** A list or an object means itself: it is no value that could be named, and is refused as that. */
  private meaning(value: unknown): unknown {
    const { map, default: otherwise } = this.declared;
    if (map === undefined || !isScalar(value)) return value;
    return Object.hasOwn(map, String(value)) ? map[String(value)] : otherwise;
  }

  private unknown(value: unknown): string {
    return `is ${shown(value)}, which map does not name: it has ${Object.keys(this.declared.map ?? {}).join(', ')}`;
  }

  private finding({ pointer }: Found, detail: string): Finding {
    return { declared_at: this.declared.at, pointer, detail: `${detail} (${this.name})` };
  }
}
