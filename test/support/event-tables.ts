import { KINDS, optionsOf, type FieldOption } from '../../src/cli/event.kinds.js';
import { EVENT_TYPES, type EventField, FIELDS, inWords, meaningOf } from '../../src/events/event.fields.js';

const OPTIONS = /(<!-- options of (\w+): npm run event-fields -->\n)[^]*?(<!-- end of options -->)/g;
const FIELDS_TABLE = /(<!-- fields: npm run event-fields -->\n)[^]*?(<!-- end of fields -->)/;

/** doc/domain.md with the table of fields. */
export function withFields(page: string): string {
  const rows = FIELDS.map((field) => [code(field.name), typeOf(field), takenBy(field), meaningOf(field)]);
  return filled(page, FIELDS_TABLE, () => table(['field', 'type', 'on', 'meaning'], rows));
}

/** doc/cli.md with the options of `devopstic event`. */
export function withOptions(page: string): string {
  return filled(page, OPTIONS, (name) => {
    const options = optionsOf(KINDS[name]?.type ?? 'commit').filter(({ ofAll }) => ofAll === (name === 'all'));
    return table(['option', 'field', 'meaning'], options.map(optionRow));
  });
}

function optionRow({ name, flags, isRequired, choices, kind, meaning }: FieldOption): string[] {
  const limits = [isRequired && 'required', kind === 'list' && 'one or more', choices && inWords(choices, 'or')];
  const field = [code(name), ...limits.filter(Boolean)].join(', ');
  return [code(flags.replace(/ .*/, '')), field, meaning];
}

function typeOf({ kind, choices, link, max = 200, maxItems }: EventField): string {
  if (choices) return inWords(choices, 'or');
  if (link) return `http(s) URL, to ${max}`;
  if (kind === 'text') return `text, 1–${max}`;
  if (kind === 'list') return `list of text, to ${maxItems}`;
  return { integer: 'integer above 0', flag: 'boolean', time: 'time' }[kind];
}

function takenBy({ required = [], optional = [], with: companion }: EventField): string {
  if (required === EVENT_TYPES) return 'all, required';
  if (optional === EVENT_TYPES) return 'all';
  const must = required.length > 0 ? [`required on ${inWords(required)}`] : [];
  const may = optional.length > 0 ? [inWords(optional)] : [];
  return [...must, ...may].join('; ') + (companion ? `, with ${code(companion)}` : '');
}

function filled(page: string, place: RegExp, tableOf: (name: string) => string): string {
  if (!page.match(place)) throw new Error('There is no place for the table');
  return page.replace(place, (_all, before: string, ...parts: string[]) => {
    const [name, after] = place.global ? parts : ['', ...parts];
    return `${before}\n${tableOf(name ?? '')}\n${after}`;
  });
}

const code = (text: string): string => `\`${text}\``;

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
