/*
 * The one table of an event's fields (doc/domain.md, Events). From it come the JSON schema that validates, the types, the published
 * contract, the columns, what hooks and CSV files may fill, the options of `devopstic event` and the tables of the docs. It
 * is plain data, so that whoever needs a name of it loads no schema.
 */

export const EVENT_TYPES = ['commit', 'submit', 'review', 'approve', 'deploy', 'incident_status_change'] as const;
export const EVENT_STATUSES = ['success', 'failure', 'in_progress', 'canceled'] as const;
/** How all but reviews and deployments may go. */
export const EVENT_OUTCOMES = ['success', 'failure'] as const;

export type EventType = (typeof EVENT_TYPES)[number];
export type EventStatus = (typeof EVENT_STATUSES)[number];

/** How a value is told: a time is epoch seconds or RFC 3339. */
export type FieldKind = 'text' | 'list' | 'integer' | 'flag' | 'time';

export interface EventField {
  kind: FieldKind;
  meaning: string;
  /** The column of devopstic.events, if it is called otherwise. */
  column?: string;
  /** Never null once it is stored. */
  always?: true;
  /** The most characters of a text or of each item of a list: 200 unless said otherwise. */
  max?: number;
  maxItems?: number;
  /** The only values that a text may have. */
  choices?: readonly string[];
  /** An http or https URL. */
  link?: true;
  /** What stands for an absent one. */
  default?: string;
  /** Text of which no key is made has the collation of the database, all other is sorted by its bytes. */
  collation?: 'database';
  required?: readonly EventType[];
  /** The other types that take it. On any further one it is stored as well, and means nothing. */
  optional?: readonly EventType[];
  /** Must be told beside it. */
  with?: string;
  /** What there is to add to the meaning on one type. */
  on?: Partial<Record<EventType, string>>;
  /** The values that a type takes, if not all. */
  choicesOn?: Partial<Record<EventType, readonly string[]>>;
  example?: unknown;
  /** Of `devopstic event`. */
  option?: string;
}

const SHA = '6dcb09b5b57875f334f61aebed695e2e4193db5e';

/** In the order in which they are hashed and answered: it stays, for derived ids depend on it. */
export const EVENT_FIELDS = {
  id: {
    kind: 'text',
    meaning:
      "The sender's own id of the event, unique within its pipeline. Absent: derived from the content, so that a request that is sent again is recorded once",
    optional: EVENT_TYPES,
    always: true,
    example: 'deploy-4711-success',
    option: '--id <id>',
  },
  type: {
    kind: 'text',
    meaning: 'What happened',
    choices: EVENT_TYPES,
    collation: 'database',
    required: EVENT_TYPES,
    always: true,
    example: 'deploy',
  },
  pipeline_id: {
    kind: 'text',
    meaning: 'The pipeline: the delivered component that metrics are computed for',
    required: EVENT_TYPES,
    always: true,
    example: 'acme/shop',
    option: '--pipeline <id>',
  },
  status: {
    kind: 'text',
    meaning: 'How it went',
    choices: EVENT_STATUSES,
    default: 'success',
    collation: 'database',
    required: ['review', 'deploy', 'incident_status_change'],
    optional: ['commit', 'submit', 'approve'],
    on: {
      commit: '`success` if absent; `failure` counts for nothing',
      submit: '`success` if absent; `failure` counts for nothing',
      review: '`success`: approved, `failure`: changes asked for, `in_progress`: a comment, `canceled`: dismissed',
      approve: '`success` if absent; `failure` counts for nothing',
      incident_status_change: '`failure`: it broke, `success`: it works again',
    },
    choicesOn: {
      commit: EVENT_OUTCOMES,
      submit: EVENT_OUTCOMES,
      approve: EVENT_OUTCOMES,
      incident_status_change: EVENT_OUTCOMES,
    },
    always: true,
    example: 'success',
    option: '--status <status>',
  },
  environment: {
    kind: 'text',
    meaning: 'Where it runs',
    max: 100,
    required: ['deploy'],
    optional: ['incident_status_change'],
    on: { incident_status_change: 'Absent: `production`' },
    example: 'production',
    option: '--environment <name>',
  },
  commit_id: {
    kind: 'text',
    meaning: 'The commit',
    required: ['commit', 'submit', 'approve', 'deploy'],
    optional: ['review', 'incident_status_change'],
    on: { review: 'The one that was looked at', incident_status_change: 'The deployed one that caused it' },
    example: SHA,
    option: '--commit <id>',
  },
  pull_request_id: {
    kind: 'integer',
    meaning: 'The pull request: ties its commits to one change',
    required: ['review'],
    optional: ['commit', 'submit', 'approve', 'deploy'],
    example: 42,
    option: '--pull-request <number>',
  },
  review_id: {
    kind: 'text',
    meaning:
      'Which review: what happens to it later names it again. Absent: one of its own, or, where `status` is neither `success` nor `failure`, the review of the pull request as a whole',
    optional: ['review'],
    example: '80',
    option: '--review-id <id>',
  },
  incident_id: {
    kind: 'text',
    meaning: 'The incident',
    required: ['incident_status_change'],
    example: 'INC-7',
    option: '--incident <id>',
  },
  deployment_id: {
    kind: 'text',
    meaning: 'The deployment',
    optional: ['deploy', 'incident_status_change'],
    on: {
      deploy: 'Groups its changes of status. Absent: the event is a deployment of its own',
      incident_status_change: 'The one that caused it',
    },
    example: '4711',
    option: '--deployment-id <id>',
  },
  commits: {
    kind: 'list',
    meaning: 'Further commits that this deployment ships',
    maxItems: 2048,
    optional: ['deploy'],
    example: [SHA],
    option: '--commits <ids...>',
  },
  parents: {
    kind: 'list',
    meaning: "The commits that this one follows, as far as known: git's parents",
    maxItems: 100,
    optional: ['commit', 'submit', 'approve'],
    example: [SHA],
    option: '--parents <ids...>',
  },
  landed_at: {
    kind: 'time',
    meaning: 'When it reached the default branch',
    optional: ['commit'],
    example: '2026-03-02T10:30:00Z',
    option: '--landed-at <time>',
  },
  landed_head: {
    kind: 'text',
    meaning: 'The head commit of the push that it landed with',
    optional: ['commit'],
    with: 'landed_at',
    example: SHA,
    option: '--landed-head <id>',
  },
  reverts: {
    kind: 'list',
    meaning: 'The commits that this one takes back',
    maxItems: 100,
    optional: ['commit'],
    example: [SHA],
    option: '--reverts <ids...>',
  },
  outside: {
    kind: 'flag',
    meaning:
      'It changes nothing of this pipeline: told for the ancestry of those that do. A change of such commits alone counts nowhere',
    optional: ['commit'],
    example: true,
    option: '--outside',
  },
  rollback: {
    kind: 'flag',
    meaning: 'This deployment takes a change back',
    optional: ['deploy'],
    example: true,
    option: '--rollback',
  },
  rework: {
    kind: 'flag',
    meaning:
      'Unplanned, made because of an incident: a hotfix. Where a change is, so is the deployment that first carries it',
    optional: ['commit', 'submit', 'approve', 'deploy'],
    example: true,
    option: '--rework',
  },
  author: {
    kind: 'text',
    meaning: 'Used for one thing only: to recognise bots',
    collation: 'database',
    optional: ['commit', 'submit', 'review'],
    example: 'octocat',
    option: '--author <name>',
  },
  url: {
    kind: 'text',
    meaning: 'Where a person can look it up: by http or https, without control characters and credentials',
    max: 2000,
    link: true,
    collation: 'database',
    optional: EVENT_TYPES,
    example: 'https://ci.example.com/runs/4711',
    option: '--link <url>',
  },
  timestamp: {
    kind: 'time',
    meaning: 'When it happened. Absent: when it was received',
    column: 'occurred_at',
    optional: EVENT_TYPES,
    always: true,
    example: '2026-03-02T10:30:00Z',
    option: '--timestamp <time>',
  },
} as const satisfies Record<string, EventField>;

/** What is stored and answered beside what was told. */
export const RECEIPT_FIELDS = {
  timestamp_inferred: {
    kind: 'flag',
    meaning: 'True: the sender gave no timestamp, and the time of receipt stands in',
    column: 'time_inferred',
    always: true,
  },
  received_at: { kind: 'time', meaning: 'When it was first received', always: true },
} as const satisfies Record<string, EventField>;

export type FieldName = keyof typeof EVENT_FIELDS;
type Fields = typeof EVENT_FIELDS & typeof RECEIPT_FIELDS;
export type StoredName = keyof Fields;

interface Plain {
  text: string;
  list: string[];
  integer: number;
  flag: boolean;
  time: string;
}

/** What the value of a field is, once it is stored and told: times are then RFC 3339 in UTC. */
export type ValueOf<Name extends StoredName> = Fields[Name] extends { choices: readonly (infer Choice)[] }
  ? Choice
  : Plain[Fields[Name]['kind']];

/** The names of the fields that are such: `FieldsWith<{ always: true }>`. */
export type FieldsWith<Trait> = { [Name in StoredName]: Fields[Name] extends Trait ? Name : never }[StoredName];

export type TableField = EventField & { name: FieldName };

/** The table as a list. */
export const FIELDS: readonly TableField[] = Object.entries<EventField>(EVENT_FIELDS).map(([name, field]) => ({
  ...field,
  name: name as FieldName,
}));

export const STORED_FIELDS = Object.entries<EventField>({ ...EVENT_FIELDS, ...RECEIPT_FIELDS }).map(
  ([name, field]) => ({ ...field, name: name as StoredName, column: field.column ?? name }),
);

export function isRequired({ required }: EventField, type: EventType): boolean {
  return required?.includes(type) ?? false;
}

/** What a type of event takes, all of which it makes something of. */
export function fieldsOf(type: EventType): TableField[] {
  return FIELDS.filter((field) => isRequired(field, type) || field.optional?.includes(type));
}

export function meaningOn({ meaning, on }: EventField, type: EventType): string {
  const more = on?.[type];
  return more === undefined ? meaning : `${meaning}. ${more}`;
}

/** What it means, on whatever type. */
export function meaningOf({ meaning, on = {} }: EventField): string {
  const texts = [...new Set(Object.values(on))];
  const told = texts.map((text) => {
    const types = EVENT_TYPES.filter((type) => on[type] === text);
    return `On ${inWords(types)}: ${text.replace(/^[A-Z]/, (letter) => letter.toLowerCase())}`;
  });
  return [meaning, ...told].join('. ');
}

/** `deploy`, `review` and `commit` */
export function inWords(names: readonly string[], last = 'and'): string {
  const quoted = names.map((name) => `\`${name}\``);
  return [quoted.slice(0, -1).join(', '), ...quoted.slice(-1)].filter(Boolean).join(` ${last} `);
}
