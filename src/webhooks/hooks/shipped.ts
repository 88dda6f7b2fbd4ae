import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type FieldError, fieldErrors } from '../../events/event.reader.js';
import type { HookDeclaration } from './declaration.js';
import { hookStartSchema } from './declaration.schema.js';

const FOLDER = new URL('shipped/', import.meta.url);

/** Declarations of tools that come with DevOpstic: an admin starts from one of them. */
export const SHIPPED: readonly { name: string; declaration: HookDeclaration }[] = readdirSync(FOLDER)
  .toSorted()
  .map((file) => ({
    name: file.replace(/\.json$/, ''),
    declaration: JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as HookDeclaration,
  }));

/** A declaration by what makes it another than a shipped one; any part of one may be beside these. */
interface SentStart {
  from: string;
  signature?: object | null;
}

const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile<SentStart>(hookStartSchema);

export function isStart(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'from');
}

/** The whole declaration, which is still to be read: each part that is given stands in place of the shipped one's. */
export function startedFrom(value: unknown): { whole: object } | { errors: FieldError[] } {
  if (!validate(value)) return { errors: fieldErrors(validate.errors ?? []) };
  const { from, signature, ...parts } = value;
  const shipped = SHIPPED.find(({ name }) => name === from)?.declaration;
  if (shipped === undefined) {
    const detail = `must be one of ${SHIPPED.map(({ name }) => name).join(', ')}`;
    return { errors: [{ pointer: '/from', detail }] };
  }
  const { signature: signed, ...unsigned } = shipped;
  const signs = signature === null || !(signed ?? signature) ? {} : { signature: { ...signed, ...signature } };
  return { whole: { ...unsigned, ...parts, ...signs } };
}
