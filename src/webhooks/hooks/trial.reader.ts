import { Ajv2020 } from 'ajv/dist/2020.js';
import { type FieldError, fieldErrors } from '../../events/event.reader.js';
import { Problem } from '../../http/problem.js';
import type { Headers } from '../webhook-source.js';
import { readDeclaration } from './declaration.reader.js';
import type { Mapping } from './mapping.js';

/** The form of a trial; the declaration in it has its own. Published as components.schemas.HookTrial. */
export const hookTrialSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['payload'],
  properties: {
    payload: { type: 'object', description: 'The body that the sender would send.' },
    headers: {
      type: 'object',
      additionalProperties: { type: 'string' },
      description: 'The headers that it would have, as far as the declaration reads them. A signature is not tried.',
    },
    declaration: {
      type: 'object',
      description: 'To be tried in place of the saved one: a HookDeclaration or a HookStart.',
    },
  },
  examples: [
    {
      payload: {
        application: 'shop',
        stage: 'production',
        state: 'DONE',
        revision: '6dcb09b',
        finished: 1772447400000,
      },
    },
  ],
};

interface SentTrial {
  payload: object;
  headers?: Record<string, string>;
  declaration?: object;
}

export interface Trial {
  payload: object;
  headers: Headers;
  /** Absent: that of the saved declaration. */
  mapping?: Mapping;
}

const validate = new Ajv2020({ allErrors: true }).compile<SentTrial>(hookTrialSchema);

/** @throws Problem 400 */
export function readTrial(body: unknown): Trial {
  if (!validate(body)) throw refused('The trial is not valid', fieldErrors(validate.errors ?? []));
  const { payload, headers = {}, declaration } = body;
  const trial = {
    payload,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  };
  if (declaration === undefined) return trial;
  const read = readDeclaration(declaration);
  if (!('errors' in read)) return { ...trial, mapping: read.mapping };
  const errors = read.errors.map(({ pointer, detail }) => ({ pointer: `/declaration${pointer}`, detail }));
  throw refused('The declaration is not valid', errors);
}

const MOST_ERRORS = 20;

export function refused(detail: string, errors: readonly FieldError[]): Problem {
  return new Problem(400, detail, errors.slice(0, MOST_ERRORS));
}
