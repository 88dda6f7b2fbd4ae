import type { FieldError } from '../../events/event.reader.js';
import { Condition } from './condition.js';
import { contractFaults, fieldsOf, isRequired, isTaken } from './contract-faults.js';
import { EVENT_FIELDS } from '../../events/event.fields.js';
import type { EventTemplate, FieldName, HookDeclaration, Scalar, Taken, TimeFormat, Wanted } from './declaration.js';
import { Field } from './field.js';
import { signatureFaults } from './signature-faults.js';
import type { HookPath } from './hook-path.js';
import { Mapping, type Template } from './mapping.js';
import type { Origin } from './origin.js';
import { Origins } from './origins.js';
import { isZone } from './time.js';

/** A declaration made ready; or all that its form does not show to be wrong with it. */
export function compile(declaration: HookDeclaration): { mapping: Mapping } | { errors: FieldError[] } {
  const compiler = new Compiler(declaration);
  const mapping = compiler.mapping();
  return compiler.faults.length > 0 ? { errors: compiler.faults } : { mapping };
}

/** These can be the same for all events; anything else would make one of them. */
const MAY_BE_CONSTANT: ReadonlySet<FieldName> = new Set<FieldName>([
  'pipeline_id',
  'status',
  'environment',
  'rollback',
  'rework',
  'author',
  'url',
]);

class Compiler {
  readonly faults: FieldError[] = [];
  private readonly origins: Origins;

  constructor(private readonly declaration: HookDeclaration) {
    this.origins = new Origins(this.faults, declaration.signature?.header);
  }

  mapping(): Mapping {
    const { signature, delivery_id, when = [], events } = this.declaration;
    if (signature) this.faults.push(...signatureFaults(signature));
    const parts = {
      delivery_id: delivery_id && this.origins.of(delivery_id, '/delivery_id', false),
      when: this.conditions(when, '/when', false),
      each: this.each(),
      templates: events.map((template, index) => this.template(template, `/events/${index}`)),
    };
    return new Mapping(parts, [...this.origins.headers]);
  }

  private each(): HookPath | undefined {
    const { each } = this.declaration;
    const path = each === undefined ? undefined : this.origins.path(each, '/each', false);
    if (path?.single) this.refuse('/each', 'finds one thing only: to take the items of a list, end it with [*]');
    return path;
  }

  private template(template: EventTemplate, at: string): Template {
    const { type, when = [] } = template;
    const declared = fieldsOf(template);
    const constants = declared.filter(([, value]) => !isTaken(value));
    for (const fault of contractFaults(template)) this.refuse(at + fault.pointer, fault.detail);
    for (const [name] of constants) this.checkConstant(name, `${at}/${name}`);
    return {
      declared_at: at,
      when: this.conditions(when, `${at}/when`, this.hasItems),
      constants: { type, ...(Object.fromEntries(constants) as object) },
      fields: declared.flatMap(([name, value]) => this.field(template, name, value, `${at}/${name}`)),
    };
  }

  private checkConstant(name: FieldName, at: string): void {
    if (MAY_BE_CONSTANT.has(name)) return;
    this.refuse(at, 'must be taken from the payload: a constant would be the same for every event');
  }

  private field(template: EventTemplate, name: FieldName, taken: Scalar | Taken, at: string): Field[] {
    if (!isTaken(taken)) return [];
    const is_time = EVENT_FIELDS[name].kind === 'time';
    if (taken.format && !is_time) this.refuse(`${at}/format`, 'is for times only');
    if (taken.zone !== undefined) this.checkZone(taken.zone, taken.format, `${at}/zone`);
    if (taken.map && is_time) this.refuse(`${at}/map`, 'is not for times');
    if (taken.default !== undefined && !MAY_BE_CONSTANT.has(name)) this.checkConstant(name, `${at}/default`);
    const origin = this.origins.of(taken, at, this.hasItems);
    // A time that was told, and is not there, must not become that of the receipt.
    const required = name === 'timestamp' || isRequired(template, name);
    return origin ? [new Field(name, required, origin, { ...taken, at })] : [];
  }

  private checkZone(zone: string, format: TimeFormat | undefined, at: string): void {
    if (format !== 'iso8601') this.refuse(at, 'is for the format iso8601: no other comes without an offset');
    if (!isZone(zone)) this.refuse(at, 'must be the name of a time zone, as Europe/Berlin');
  }

  private conditions(wanted: readonly Wanted[], at: string, has_items: boolean): Condition[] {
    return wanted.flatMap((one, index) => {
      if (one.in && one.not_in) this.refuse(`${at}/${index}`, 'must have one of in and not_in, not both');
      const origin: Origin | undefined = this.origins.of(one, `${at}/${index}`, has_items);
      return origin ? [new Condition(`${at}/${index}`, origin, one)] : [];
    });
  }

  private get hasItems(): boolean {
    return this.declaration.each !== undefined;
  }

  private refuse(pointer: string, detail: string): void {
    this.faults.push({ pointer, detail });
  }
}
