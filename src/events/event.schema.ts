import { type Static, type TOptional, type TSchema, type TUnsafe, Type } from 'typebox';
import {
  EVENT_TYPES,
  type EventField,
  type EventType,
  type FieldKind,
  type FieldName,
  FIELDS,
  type FieldsWith,
  type TableField,
} from './event.fields.js';
import { isRequired, type ValueOf } from './event.fields.js';

/*
 * The form of an event as JSON Schema 2020-12, made from the table of its fields: compiled for validation by event.reader.ts.
 * event.contract.ts publishes the same. Keywords that begin with `x-` are ours, see the reader.
 */

const MAX_LENGTH = 200;

type Value<Name extends FieldName> = ValueOf<Name> | (Name extends FieldsWith<{ kind: 'time' }> ? number : never);
type Told<Name extends FieldName> =
  Name extends FieldsWith<{ required: typeof EVENT_TYPES }>
    ? TUnsafe<Value<Name>>
    : TOptional<TUnsafe<Value<Name> | null>>;

interface ValueSchema {
  type: string | string[];
  enum?: readonly (string | null)[];
  [keyword: string]: unknown;
}

/** What a field may be, but null. */
export function valueSchema(field: EventField): ValueSchema {
  if (field.choices) return { type: 'string', enum: field.choices };
  if (field.link) return { type: 'string', maxLength: field.max, 'x-http-url': true };
  return VALUES[field.kind](field);
}

const text = ({ max = MAX_LENGTH }: EventField) => ({ type: 'string', minLength: 1, maxLength: max, 'x-text': true });

const VALUES: Readonly<Record<FieldKind, (field: EventField) => ValueSchema>> = {
  text,
  list: (field) => ({ type: 'array', maxItems: field.maxItems, items: text(field) }),
  integer: () => ({ type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  flag: () => ({ type: 'boolean' }),
  time: () => ({ type: ['integer', 'string'], 'x-instant': true }),
};

/** The same, if it may be null. */
export function orNull(value: ValueSchema): ValueSchema {
  const choices = value.enum && { enum: [...value.enum, null] };
  return { ...value, type: [value.type, 'null'].flat(), ...choices };
}

/** Null is the same as absent. */
function toldSchema(field: EventField): TSchema {
  const value = valueSchema(field);
  return field.required === EVENT_TYPES ? Type.Unsafe(value) : Type.Optional(Type.Unsafe(orNull(value)));
}

/** What a type asks for beyond what every event must be. A required field must not be null. */
function rulesOf(type: EventType) {
  const asked = FIELDS.filter(({ required }) => required !== EVENT_TYPES);
  const required = asked.filter((field) => isRequired(field, type));
  const limited = asked.filter((field) => field.choicesOn?.[type] && !required.includes(field));
  const values = [...required, ...limited].map((field) => {
    const choices = field.choicesOn?.[type];
    if (!choices) return [field.name, { type: valueSchema(field).type }];
    return [field.name, { enum: required.includes(field) ? choices : [...choices, null] }];
  });
  return {
    if: { properties: { type: { const: type } }, required: ['type'] },
    then: { required: required.map(({ name }) => name), properties: Object.fromEntries(values) as object },
  };
}

/** What a field asks for beside it. */
export function companionOf({ name, with: companion }: TableField) {
  return FIELDS.filter((field) => field.name === companion).map((field) => ({
    if: { properties: { [name]: { type: 'string' } }, required: [name] },
    then: { required: [field.name], properties: { [field.name]: { type: valueSchema(field).type } } },
  }));
}

export const eventSchema = Type.Object(
  Object.fromEntries(FIELDS.map((field) => [field.name, toldSchema(field)])) as { [Name in FieldName]: Told<Name> },
  {
    additionalProperties: false,
    allOf: [...EVENT_TYPES.map(rulesOf), ...FIELDS.flatMap(companionOf)],
  },
);

/** An event as a sender tells it; doc/domain.md says what each field means. Null is the same as absent. */
export type EventBody = Static<typeof eventSchema>;
