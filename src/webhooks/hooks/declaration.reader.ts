import { Ajv2020 } from 'ajv/dist/2020.js';
import { type FieldError, fieldErrors } from '../../events/event.reader.js';
import { flawsOf } from '../../http/validation.js';
import { compile } from './compile.js';
import type { HookDeclaration, SignatureDeclaration } from './declaration.js';
import { hookDeclarationSchema } from './declaration.schema.js';
import type { Mapping } from './mapping.js';
import { isStart, startedFrom } from './shipped.js';

/** As it is sent: with the secrets, which are kept apart from the rest. */
interface SentDeclaration extends HookDeclaration {
  signature?: SignatureDeclaration & { secrets?: string[] };
}

export interface ReadDeclaration {
  declaration: HookDeclaration;
  mapping: Mapping;
  /** Null: those that are kept already. Empty: it signs nothing. */
  secrets: string[] | null;
}

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictTypes: false });
const validate = ajv.compile<SentDeclaration>(hookDeclarationSchema);

/** Reads what an admin declares; or everything that is wrong with it. */
export function readDeclaration(value: unknown): ReadDeclaration | { errors: FieldError[] } {
  const flaws = flawsOf(value);
  if (flaws.length > 0) return { errors: flaws };
  if (!isStart(value)) return readWhole(value);
  const started = startedFrom(value);
  return 'errors' in started ? started : readWhole(started.whole);
}

function readWhole(value: unknown): ReadDeclaration | { errors: FieldError[] } {
  if (!validate(value)) return { errors: fieldErrors(validate.errors ?? []) };
  const { signature: { secrets, ...signature } = {}, ...rest } = value;
  const signs = 'kind' in signature ? { signature } : {};
  const declaration: HookDeclaration = { ...rest, ...signs };
  const compiled = compile(declaration);
  if ('errors' in compiled) return compiled;
  return { declaration, mapping: compiled.mapping, secrets: 'kind' in signature ? (secrets ?? null) : [] };
}
