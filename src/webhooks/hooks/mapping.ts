import type { EventBody } from '../../events/event.js';
import type { Headers } from '../webhook-source.js';
import type { Condition } from './condition.js';
import type { FieldName } from './declaration.js';
import { Delivered } from './delivered.js';
import type { Field, FieldReading } from './field.js';
import type { Finding, Found } from './finding.js';
import type { HookPath } from './hook-path.js';
import type { Origin } from './origin.js';

/** An event that is told if its conditions hold. */
export interface Template {
  declared_at: string;
  when: readonly Condition[];
  constants: Partial<EventBody>;
  fields: readonly Field[];
}

export interface Told {
  events: { body: EventBody; declared_at: string }[];
  /** Why events that are not wanted, or labels that could not be read, were left out. */
  left_out: Finding[];
  /** Why events were left out that are wanted, for all we know: by a value that no map names. */
  unmapped: Finding[];
  /** What the payload should have had: with any of them it is malformed. */
  faults: Finding[];
}

const LABELS: ReadonlySet<FieldName> = new Set<FieldName>(['author', 'url']);
const MOST_EVENTS = 1000;
/** Nobody reads more. */
const MOST_FINDINGS = 20;

/** What deliveries mean: a declaration, ready to be used. Pure. */
export class Mapping {
  constructor(
    private readonly parts: {
      delivery_id: Origin | undefined;
      when: readonly Condition[];
      each: HookPath | undefined;
      templates: readonly Template[];
    },
    /** The headers that are read, in lower case. */
    readonly headers: readonly string[],
  ) {}

  deliveryIdOf(payload: unknown, headers: Headers): string | undefined {
    const found = this.parts.delivery_id?.find(new Delivered({ value: payload, pointer: '' }, headers)) ?? [];
    const [{ value } = { value: undefined }] = found;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }

  tell(payload: unknown, headers: Headers): Told {
    const told: Told = { events: [], left_out: [], unmapped: [], faults: [] };
    const delivered = new Delivered({ value: payload, pointer: '' }, headers);
    const unmet = this.parts.when.find((condition) => !condition.holds(delivered));
    if (unmet) return { ...told, left_out: [unmet.finding(delivered)] };
    for (const item of this.itemsOf(delivered, told)) {
      for (const template of this.parts.templates) tellOne(template, item, told);
    }
    return told;
  }

  private itemsOf(delivered: Delivered, told: Told): Delivered[] {
    const { each, templates } = this.parts;
    if (each === undefined) return [delivered];
    const items: Found[] = delivered.find(each);
    if (items.length === 0) told.left_out.push({ declared_at: '/each', ...delivered.lost(each) });
    if (items.length * templates.length <= MOST_EVENTS) return items.map((item) => delivered.withItem(item));
    const detail = `${each.text} finds ${items.length} items, for up to ${templates.length} events each: ${MOST_EVENTS} are the most`;
    told.faults.push({ declared_at: '/each', pointer: '', detail });
    return [];
  }
}

function tellOne({ declared_at, when, constants, fields }: Template, item: Delivered, told: Told): void {
  const unmet = when.find((condition) => !condition.holds(item));
  if (unmet) return note(told.left_out, () => unmet.finding(item));
  const readings = fields.map((field) => ({ field, reading: readField(field, item, told) }));
  const [unmapped] = readings.flatMap(({ reading }) => ('unmapped' in reading ? [reading.unmapped] : []));
  if (unmapped) return note(told.unmapped, () => unmapped);
  const before = told.faults.length;
  const values: [string, unknown][] = [];
  for (const { field, reading } of readings) {
    if ('value' in reading) values.push([field.name, reading.value]);
    else if ('fault' in reading) note(told.faults, () => reading.fault);
    else if (field.required) note(told.faults, () => field.lost(item));
  }
  if (told.faults.length > before || before === MOST_FINDINGS) return;
  told.events.push({ body: { ...constants, ...Object.fromEntries(values) } as EventBody, declared_at });
}

/** What is only a label or a link must not cost the event. */
function readField(field: Field, item: Delivered, told: Told): FieldReading {
  const reading = field.read(item);
  const wrong = 'fault' in reading ? reading.fault : 'unmapped' in reading ? reading.unmapped : undefined;
  if (wrong === undefined || !LABELS.has(field.name)) return reading;
  note(told.left_out, () => wrong);
  return { absent: true };
}

function note(findings: Finding[], finding: () => Finding): void {
  if (findings.length < MOST_FINDINGS) findings.push(finding());
}
