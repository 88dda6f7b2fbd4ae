import { type TSchema, Type } from 'typebox';
import { EVENT_OUTCOMES, EVENT_STATUSES, EVENT_TYPES, type EventField, type EventType } from './event.fields.js';
import { FIELDS, fieldsOf, isRequired, meaningOf, meaningOn, STORED_FIELDS } from './event.fields.js';
import { companionOf, orNull, valueSchema } from './event.schema.js';

/*
 * The event as the contract publishes it: a schema for each type, told apart by `type`, with the fields that this type takes. It
 * says what event.schema.ts validates, in the form that people and generators of clients read best.
 */

type Properties = Record<string, TSchema>;

const NAMES = new Map<readonly string[], string>([
  [EVENT_TYPES, 'EventType'],
  [EVENT_STATUSES, 'EventStatus'],
  [EVENT_OUTCOMES, 'EventOutcome'],
]);

const place = (name: string): string => `#/components/schemas/${name}`;
const nameOf = (type: EventType): string =>
  `${type.replaceAll(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase())}Event`;

/** What a field may be; what has a name of its own in the contract is referred to. */
function fieldSchema(field: EventField, isNullable: boolean, description: string): TSchema {
  const name = field.choices ? NAMES.get(field.choices) : field.kind === 'time' && 'EventTime';
  if (name) {
    const schema = Type.Ref(place(name), isNullable ? {} : { description });
    return isNullable ? Type.Union([schema, Type.Null()], { description }) : schema;
  }
  const value = { ...valueSchema(field), ...(field.link && { format: 'uri' }) };
  const examples = field.example === undefined ? {} : { examples: [field.example] };
  return Type.Unsafe({ ...(isNullable ? orNull(value) : value), description, ...examples });
}

/** The fields that a type of event takes. */
export function toldFields(type: EventType): Properties {
  const properties: Properties = {};
  for (const field of fieldsOf(type)) {
    const description = `${meaningOn(field, type)}.`;
    const required = isRequired(field, type);
    const choices = field.choicesOn?.[type] ?? field.choices;
    const schema = fieldSchema({ ...field, choices }, !required, description);
    properties[field.name] = required ? schema : Type.Optional(schema);
  }
  return { ...properties, type: Type.Literal(type, { description: 'What happened.' }) };
}

function storedFields(): Properties {
  const stored = STORED_FIELDS.map((field): [string, TSchema] => {
    const description = `${meaningOf(field)}.`;
    if (field.kind !== 'time') return [field.name, fieldSchema(field, !field.always, description)];
    const moment = { type: 'string', format: 'date-time', description };
    return [field.name, Type.Unsafe(field.always ? moment : orNull(moment))];
  });
  return Object.fromEntries(stored);
}

/** Not closed: fields of other types are stored as well, and only those that no type has are refused. */
function typeSchema(type: EventType): TSchema {
  const companions = fieldsOf(type).flatMap(companionOf);
  return Type.Object(toldFields(type), {
    propertyNames: { $ref: place('EventField') },
    ...(companions.length > 0 && { allOf: companions }),
    description: `An event of the type \`${type}\`.`,
  });
}

const ofEachType = EVENT_TYPES.map((type): [string, TSchema] => [nameOf(type), typeSchema(type)]);

export const eventContract = {
  EventType: Type.Unsafe({ type: 'string', enum: EVENT_TYPES, description: 'What happened.' }),
  EventStatus: Type.Unsafe({ type: 'string', enum: EVENT_STATUSES, description: 'How it went.' }),
  EventOutcome: Type.Unsafe({ type: 'string', enum: EVENT_OUTCOMES, description: 'Whether it went well.' }),
  EventField: Type.Unsafe({
    type: 'string',
    enum: FIELDS.map(({ name }) => name),
    description: 'What an event may tell, whatever its type.',
  }),
  EventTime: Type.Union(
    [
      Type.String({ format: 'date-time', description: 'RFC 3339, with its offset.' }),
      Type.Integer({ format: 'int64', description: 'Seconds since 1970.' }),
    ],
    { description: 'From 2000-01-01 to one day ahead.', examples: ['2026-03-02T10:30:00Z', 1772447400] },
  ),
  ...Object.fromEntries(ofEachType),
  Event: {
    oneOf: ofEachType.map(([name]) => ({ $ref: place(name) })),
    discriminator: {
      propertyName: 'type',
      mapping: Object.fromEntries(EVENT_TYPES.map((type) => [type, place(nameOf(type))])),
    },
    description:
      'One thing that happened, at one time. Each type has its fields; those of another type are stored with it, and mean nothing. Unknown fields are refused by name; null is the same as absent.',
    examples: [
      {
        type: 'deploy',
        pipeline_id: 'acme/shop',
        environment: 'production',
        status: 'success',
        commit_id: '6dcb09b5b57875f334f61aebed695e2e4193db5e',
        deployment_id: '4711',
        timestamp: '2026-03-02T10:30:00Z',
      },
    ],
  },
  StoredEvent: Type.Object(storedFields(), {
    description: 'An event as it is stored: every field of the contract, null where the sender gave none.',
  }),
};
