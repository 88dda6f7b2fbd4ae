import { InvalidArgumentError, Option } from 'commander';
import { EVENT_TYPES, type EventType, type FieldKind, type FieldName, fieldsOf } from '../events/event.fields.js';
import { isRequired, meaningOn, type TableField } from '../events/event.fields.js';

interface Kind {
  type: EventType;
  description: string;
}

/** A field of the event (event.fields.ts) as an option. */
export interface FieldOption {
  name: FieldName;
  flags: string;
  meaning: string;
  isRequired: boolean;
  /** Whether every type takes it. */
  ofAll: boolean;
  choices?: readonly string[] | undefined;
  kind: FieldKind;
}

export const KINDS: Readonly<Record<string, Kind>> = {
  commit: { type: 'commit', description: 'a commit was made' },
  submit: { type: 'submit', description: 'a commit was submitted for review' },
  review: { type: 'review', description: 'a pull request was looked at' },
  approve: { type: 'approve', description: 'a commit was approved, or merged' },
  deploy: {
    type: 'deploy',
    description: 'a deployment began or ended; in a git checkout, with the commits since the last one',
  },
  incident: {
    type: 'incident_status_change',
    description: 'the service broke (failure), or works again (success)',
  },
};

/** The options by which a type is told all that it takes. */
export function optionsOf(type: EventType): FieldOption[] {
  return fieldsOf(type).flatMap((field) => {
    const { name, option: flags, kind, required, optional } = field;
    if (flags === undefined) return [];
    const ofAll = required === EVENT_TYPES || optional === EVENT_TYPES;
    const choices = field.choicesOn?.[type] ?? field.choices;
    return { name, flags, kind, ofAll, choices, isRequired: isRequired(field, type), ...here(field, type) };
  });
}

/** What the command knows by itself: the time of now, and the commit that is checked out. */
function here(field: TableField, type: EventType): { meaning: string; isRequired?: boolean } {
  const meaning = meaningOn(field, type);
  if (field.name === 'timestamp') {
    return { meaning: 'When it happened: epoch seconds or RFC 3339. Absent: now; with `--id`, when it is received' };
  }
  if (field.name !== 'commit_id' || type !== 'deploy') return { meaning };
  return {
    meaning: `${meaning}; in a checkout, a tag, a branch or a short id too. Absent: the one that is checked out`,
    isRequired: false,
  };
}

export function toOption({ flags, meaning, isRequired: mandatory, choices, kind }: FieldOption): Option {
  const said = meaning.replace(/^[A-Z]/, (letter) => letter.toLowerCase()).replaceAll('`', '');
  const option = new Option(flags, mandatory ? `${said} (required)` : said).makeOptionMandatory(mandatory);
  if (choices) option.choices(choices);
  if (kind === 'integer') option.argParser(integer);
  if (kind === 'time') option.argParser(instant);
  return option;
}

function integer(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It must be a number.');
  return Number(text);
}

/** Digits are seconds; what else it may be is the service's to say. */
function instant(text: string): number | string {
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}
