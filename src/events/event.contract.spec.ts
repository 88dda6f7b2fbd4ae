import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import * as fc from 'fast-check';
import { eventContract } from './event.contract.js';
import { EVENT_TYPES, type EventType, FIELDS, fieldsOf, isRequired, type TableField } from './event.fields.js';
import { readEvent } from './event.reader.js';

const RECEIVED = new Date('2026-03-02T12:00:00Z');

const ajv = new Ajv2020({ strict: false });
// ajv-formats is CommonJS whose default export is the module.
(formats as unknown as (ajv: Ajv2020) => void)(ajv);
ajv.addSchema({ components: { schemas: eventContract } }, 'contract');
const published = ajv.compile({ $ref: 'contract#/components/schemas/Event' });

const isTaken = (body: unknown): boolean => 'event' in readEvent(body, RECEIVED);

const GOOD: Record<TableField['kind'], fc.Arbitrary<unknown>> = {
  text: fc.constantFrom('a', 'ä'.repeat(100)),
  list: fc.constantFrom([], ['a', 'b']),
  integer: fc.constantFrom(1, 42),
  flag: fc.boolean(),
  time: fc.constantFrom('2026-03-02T10:30:00Z', 1772447400),
};
/** What no field takes. */
const BAD = fc.constantFrom<unknown>('', 'a'.repeat(2001), 1.5, {}, ['', 'a'], Array(3000).fill('a'), [1]);

function goodFor(field: TableField): fc.Arbitrary<unknown> {
  if (field.choices) return fc.constantFrom(...field.choices);
  return field.link ? fc.webUrl() : GOOD[field.kind];
}

/** Of its own fields an event lacks some that it needs, has null for some, and some are wrong; other types' are right. */
function eventOf(type: EventType): fc.Arbitrary<object> {
  const own = fieldsOf(type).filter(({ name }) => name !== 'type');
  const others = FIELDS.filter((field) => field.name !== 'type' && !own.includes(field) && field.with === undefined);
  const mostlyGood = (field: TableField) =>
    fc.oneof({ weight: 20, arbitrary: goodFor(field) }, { weight: 1, arbitrary: fc.constant(null) }, BAD);
  const told = fc.record(
    {
      ...Object.fromEntries(others.map((field) => [field.name, goodFor(field)])),
      ...Object.fromEntries(own.map((field) => [field.name, mostlyGood(field)])),
    },
    { requiredKeys: own.filter((field) => isRequired(field, type)).map(({ name }) => name) },
  );
  const lacking = fc.option(fc.constantFrom(...own.map(({ name }) => name), 'unknown'), { freq: 5 });
  return fc.tuple(told, lacking).map(([event, lost]) => {
    if (lost === 'unknown') return { ...event, type, unknown: true };
    return Object.fromEntries(Object.entries({ ...event, type }).filter(([name]) => name !== lost));
  });
}

it.each(EVENT_TYPES)('a %s is published as it is taken, whatever is wrong with it', (type) => {
  const outcomes = new Set<boolean>();
  fc.assert(
    fc.property(eventOf(type), (body) => {
      outcomes.add(isTaken(body));
      expect([published(body), body]).toEqual([isTaken(body), body]);
    }),
    { numRuns: 100 },
  );
  expect(outcomes.size).toBe(2);
});

it('an event of no type is published as none', () => {
  for (const type of ['comit', null, 1]) {
    const body = { type, pipeline_id: 'shop', commit_id: 'c1' };
    expect([published(body), isTaken(body)]).toEqual([false, false]);
  }
});
