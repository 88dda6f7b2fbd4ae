import { EVENT_FIELDS } from '../../events/event.fields.js';
import { type FieldError, readEvent } from '../../events/event.reader.js';
import type { EventTemplate, FieldName, Scalar, Taken } from './declaration.js';

/** Received after whatever happened in the examples of the fields. */
const RECEIVED = new Date(EVENT_FIELDS.timestamp.example);

type Declared = [FieldName, Scalar | Taken];

/** What the event contract will refuse, whatever a payload says; pointers are into the template. */
export function contractFaults(template: EventTemplate): FieldError[] {
  const event = exampleOf(template);
  const whole = faultsOf(event).map((fault) => ({ ...fault, detail: needed(fault, template) }));
  const known = new Set(whole.map(({ pointer }) => pointer));
  const outcomes = fieldsOf(template).flatMap(([name, declared]) =>
    isTaken(declared) ? outcomesOf(name, declared) : [],
  );
  const single = outcomes.flatMap(({ name, pointer, value }) =>
    faultsOf({ ...event, [name]: value })
      .filter((fault) => fault.pointer === `/${name}` && !known.has(fault.pointer))
      .map(({ detail }) => ({ pointer, detail })),
  );
  return [...whole, ...single];
}

/** Whether an event of this template is none without the field. */
export function isRequired(template: EventTemplate, name: FieldName): boolean {
  const { [name]: _, ...event } = exampleOf(template);
  return faultsOf(event).some(({ pointer }) => pointer === `/${name}`);
}

export function fieldsOf({ type: _type, when: _when, ...fields }: EventTemplate): Declared[] {
  return Object.entries(fields) as Declared[];
}

export function isTaken(declared: Scalar | Taken): declared is Taken {
  return typeof declared === 'object';
}

/** What a payload gives is, for as long as there is none, what the table has for an example. */
function exampleOf(template: EventTemplate): Record<string, unknown> {
  const fields = fieldsOf(template).map(([name, declared]) => [
    name,
    isTaken(declared) || EVENT_FIELDS[name].kind === 'time' ? EVENT_FIELDS[name].example : declared,
  ]);
  return { type: template.type, ...(Object.fromEntries(fields) as object) };
}

/** The values that the declaration itself gives; of a time there must be none. */
function outcomesOf(name: FieldName, { map = {}, default: otherwise }: Taken) {
  const { kind } = EVENT_FIELDS[name];
  if (kind === 'time') return [];
  const mapped = Object.entries(map).map(([key, value]) => {
    const pointer = `/${name}/map/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return { name, pointer, value: kind === 'list' ? [value] : value };
  });
  return otherwise === undefined ? mapped : [...mapped, { name, pointer: `/${name}/default`, value: otherwise }];
}

function needed({ pointer, detail }: FieldError, { type }: EventTemplate): string {
  if (detail !== 'is required') return detail;
  return pointer === '/landed_at' ? 'is required with landed_head' : `is required of ${type}`;
}

function faultsOf(event: unknown): FieldError[] {
  const read = readEvent(event, RECEIVED);
  return 'errors' in read ? read.errors : [];
}
