import { MIN_WEBHOOK_SECRET } from '../../config/config.js';
import { EVENT_TYPES, FIELDS } from '../../events/event.fields.js';
import { TIME_FORMATS } from './declaration.js';

/*
 * The form of a declaration: compiled for validation by declaration.reader.ts and published as
 * components.schemas.HookDeclaration. What a form cannot say is compile.ts's to refuse.
 */

const PATH = {
  type: 'string',
  maxLength: 300,
  description: 'A JSONPath (RFC 9535): from `$` the payload, from `@` the item of `each`.',
  examples: ['$.deployment.id'],
};
const HEADER = {
  type: 'string',
  pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$",
  description: 'The name of a header, in upper or lower case.',
  examples: ['X-Delivery-Id'],
};
const TEMPLATE = {
  type: 'string',
  maxLength: 500,
  description: 'Text with paths in braces, each of which must find one text or number.',
  examples: ['{$.project}-{$.run}'],
};
const SCALAR = { type: ['string', 'number', 'boolean'], maxLength: 2000 };
const SCALARS = { type: 'array', minItems: 1, maxItems: 100, items: SCALAR };

const object = (properties: object, required: string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});

const CONDITIONS = {
  type: 'array',
  maxItems: 20,
  description:
    'All of them must hold. `in`: something that is found must be one of these; `not_in`: nothing may be. Neither: ' +
    'something must be found. Values are compared as text.',
  items: object({ path: PATH, header: HEADER, template: TEMPLATE, in: SCALARS, not_in: SCALARS }),
};

const FIELD = {
  ...object({
    path: PATH,
    header: HEADER,
    template: TEMPLATE,
    map: {
      type: 'object',
      minProperties: 1,
      maxProperties: 100,
      additionalProperties: SCALAR,
      description:
        'What each value means. One that is not named is ignored as `not_mapped`, unless there is a default.',
    },
    default: { ...SCALAR, description: 'If nothing is found, or something that `map` does not name.' },
    format: {
      type: 'string',
      enum: TIME_FORMATS,
      description:
        'How a time is written; rfc3339 unless said otherwise. iso8601 is laxer: 2026-03-02T10:30:00.000+0000, and ' +
        '2026-03-02 10:30 with a `zone`.',
    },
    zone: {
      type: 'string',
      pattern: '^[A-Za-z][A-Za-z0-9_+/-]{0,99}$',
      description: 'Of times in iso8601 that have no offset: the time zone, by its IANA name.',
      examples: ['Europe/Berlin'],
    },
  }),
  type: ['string', 'boolean', 'object'],
  maxLength: 2000,
  description: 'A field of the event (see Event): a constant, or where it is taken from.',
};

const NAMES = FIELDS.flatMap(({ name }) => (name === 'type' ? [] : name));
const TEMPLATES = {
  type: 'array',
  minItems: 1,
  maxItems: 20,
  items: {
    ...object({ type: { type: 'string', enum: EVENT_TYPES }, when: CONDITIONS }, ['type']),
    patternProperties: { [`^(${NAMES.join('|')})$`]: FIELD },
  },
  description: 'The events of each item, every field a constant or taken from the payload.',
};

const PREFIX = {
  type: 'string',
  maxLength: 50,
  description: 'What stands before it in the header.',
};

const SIGNED_TIME = {
  ...object(
    {
      header: HEADER,
      prefix: { ...PREFIX, examples: ['t='] },
      format: { type: 'string', enum: TIME_FORMATS, default: 'epoch_s', description: 'How it is written.' },
      tolerance_s: {
        type: 'integer',
        minimum: 1,
        maximum: 86_400,
        description:
          'How many seconds old it may be, and how far ahead. Absent: any, for a repetition changes nothing.',
      },
    },
    ['header'],
  ),
  description: 'Where the time stands that is signed with the body. It may be the header of the signature.',
};

const SIGNATURE = {
  ...object(
    {
      kind: { type: 'string', enum: ['hmac', 'token'], description: 'hmac: of the body; token: the secret itself.' },
      header: HEADER,
      prefix: { ...PREFIX, examples: ['sha256='] },
      algorithm: { type: 'string', enum: ['sha256', 'sha1'], default: 'sha256' },
      encoding: { type: 'string', enum: ['hex', 'base64'], default: 'hex' },
      signed: {
        type: 'string',
        maxLength: 200,
        description: 'What is signed: text with `{body}` and `{time}` in it. Absent: the body alone.',
        examples: ['{time}.{body}'],
      },
      time: SIGNED_TIME,
      secrets: {
        type: 'array',
        minItems: 1,
        maxItems: 5,
        items: { type: 'string', minLength: MIN_WEBHOOK_SECRET, maxLength: 500 },
        description: 'Never answered. Several, to change them; absent, those that were given before stay.',
        writeOnly: true,
      },
    },
    ['kind', 'header'],
  ),
  description: 'How the sender proves itself. Absent: by an API key that may send events.',
};

export const hookDeclarationSchema = {
  ...object(
    {
      description: { type: 'string', maxLength: 500 },
      signature: SIGNATURE,
      delivery_id: {
        ...object({ path: PATH, header: HEADER, template: TEMPLATE }),
        description: 'What a delivery is known by when it is sent again. Absent: the same body is the same delivery.',
      },
      when: CONDITIONS,
      each: {
        ...PATH,
        description: 'The items that there are events for, as `$.services[*]`. Absent: the payload is one.',
      },
      events: TEMPLATES,
    },
    ['events'],
  ),
  description: 'What an admin says about a sender: who it is, and what its deliveries mean.',
  examples: [
    {
      description: 'Deployments of the release desk',
      when: [{ path: '$.state', in: ['DONE', 'BROKEN'] }],
      events: [
        {
          type: 'deploy',
          pipeline_id: { path: '$.application' },
          environment: { path: '$.stage' },
          status: { path: '$.state', map: { DONE: 'success', BROKEN: 'failure' } },
          commit_id: { path: '$.revision' },
          timestamp: { path: '$.finished', format: 'epoch_ms' },
        },
      ],
    },
  ],
};

/** How an admin starts from a declaration that comes with DevOpstic. Published as components.schemas.HookStart. */
export const hookStartSchema = {
  type: 'object',
  required: ['from'],
  properties: {
    from: { type: 'string', maxLength: 100, description: 'One of GET /shipped-hooks, by name.', examples: ['jira'] },
    signature: {
      type: ['object', 'null'],
      description: 'What is other than in the shipped one, the secrets at least. null: the sender shows an API key.',
    },
  },
  description:
    'A shipped declaration, and parts of a HookDeclaration: each that is given stands in place of the shipped one, and ' +
    'what comes of it must be a HookDeclaration.',
  examples: [{ from: 'jira', signature: { secrets: ['<the secret of the webhook>'] } }],
};
