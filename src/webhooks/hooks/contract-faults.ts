import { type FieldError, readEvent } from '../../events/event.reader.js';
import { type Kind, KINDS } from './convert.js';
import type { EventTemplate, FieldName, Scalar, Taken } from './declaration.js';

/** What a payload may give for a field, for as long as there is none. */
const SOME: Readonly<Record<Kind, unknown>> = {
  text: 'some',
  list: ['some'],
  integer: 1,
  flag: true,
  time: '2020-01-01T00:00:00Z',
};
const RECEIVED = new Date(SOME.time as string);

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

function exampleOf(template: EventTemplate): Record<string, unknown> {
  const fields = fieldsOf(template).map(([name, declared]) => [
    name,
    isTaken(declared) || KINDS[name] === 'time' ? someOf(name) : declared,
  ]);
  return { type: template.type, ...(Object.fromEntries(fields) as object) };
}

function someOf(name: FieldName): unknown {
  if (name === 'status') return 'success';
  return name === 'url' ? 'https://example.com' : SOME[KINDS[name]];
}

/** The values that the declaration itself gives; of a time there must be none. */
function outcomesOf(name: FieldName, { map = {}, default: otherwise }: Taken) {
  if (KINDS[name] === 'time') return [];
  const mapped = Object.entries(map).map(([key, value]) => {
    const pointer = `/${name}/map/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return { name, pointer, value: KINDS[name] === 'list' ? [value] : value };
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
