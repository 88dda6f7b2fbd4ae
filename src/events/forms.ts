import { Problem } from '../http/problem.js';
import { type EventType, type FieldName, FIELDS, fieldsOf } from './event.fields.js';
import { type FieldError, readEvent } from './event.reader.js';

type Told = Record<string, unknown>;

/** A shorter way to say one kind of event. Its rules are the event contract's; it only implies what goes without saying. */
export interface Form {
  /** Says what it reports, in a problem. */
  name: string;
  /** The fields of the event that it has too. */
  fields: readonly FieldName[];
  eventOf(told: Told): Told;
  /** What to say of a fault of the event's status, if the form has no such field. */
  refuseStatus?(told: Told): FieldError;
}

export const deploymentForm: Form = {
  name: 'deployment',
  fields: namesOf('deploy', 'type'),
  eventOf: (told) => ({ ...told, type: 'deploy', status: told['status'] ?? 'success' }),
};

const STATUS_OF_STATE = new Map<unknown, string>([
  ['open', 'failure'],
  ['resolved', 'success'],
]);

export const incidentForm: Form = {
  name: 'incident',
  fields: namesOf('incident_status_change', 'type', 'status'),
  eventOf: ({ state, ...told }) => ({ ...told, type: 'incident_status_change', status: STATUS_OF_STATE.get(state) }),
  refuseStatus: ({ state }) => ({
    pointer: '/state',
    detail: (state ?? null) === null ? 'is required' : `must be one of ${[...STATUS_OF_STATE.keys()].join(', ')}`,
  }),
};

/** What the type takes, but for what the form says otherwise. */
function namesOf(type: EventType, ...implied: FieldName[]): FieldName[] {
  return fieldsOf(type).flatMap(({ name }) => (implied.includes(name) ? [] : name));
}

/** The event that a form says. @throws Problem 400 naming the fields of the form that are wrong */
export function eventOfForm(form: Form, body: unknown, received: Date): unknown {
  const object = typeof body === 'object' && body !== null && !Array.isArray(body);
  const event = object ? form.eventOf(body as Told) : body;
  const read = readEvent(event, received);
  const faults = object ? foreignFields(form, body as Told) : [];
  if ('errors' in read) faults.push(...read.errors.map((fault) => inForm(form, body as Told, fault)));
  if (faults.length > 0) throw new Problem(400, `The ${form.name} is not valid`, faults);
  return event;
}

/** What an event has and the form has not is as unknown to it as anything else, which reading the event finds. */
function foreignFields({ fields }: Form, told: Told): FieldError[] {
  return FIELDS.filter(({ name }) => !fields.includes(name) && Object.hasOwn(told, name)).map(({ name }) => ({
    pointer: `/${name}`,
    detail: 'unknown field',
  }));
}

function inForm(form: Form, told: Told, fault: FieldError): FieldError {
  return fault.pointer === '/status' && form.refuseStatus ? form.refuseStatus(told) : fault;
}
