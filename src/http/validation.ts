import {
  type ArgumentMetadata,
  Injectable,
  type PipeTransform,
  ValidationPipe,
  type ValidationError,
} from '@nestjs/common';
import { Problem, type ProblemDetail } from './problem.js';

const NOT_VALID = 'The request is not valid';
const DEEPEST = 32;
/** Nobody reads more, and an answer should not be as long as the request. */
const MOST_FAULTS = 20;
/** What every object has, and so would be known to class-validator as a field of any class. */
const FORBIDDEN_NAMES = new Set(['prototype', ...Object.getOwnPropertyNames(Object.prototype)]);

/** By class, the names that are read of it. */
const READ_ONLY = new Map<unknown, readonly string[]>();

/** Has all other names be passed over instead of refused: for a query whose route looked at none of it before. */
export function ReadsOnly(...names: string[]): ClassDecorator {
  return (target) => void READ_ONLY.set(target, names);
}

/**
 * Checks bodies, queries and path parameters by their classes. What the class-validator could not stand, or Postgres
 * could not store, is refused before.
 */
@Injectable()
export class RequestPipe implements PipeTransform {
  private readonly byClass = new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => refused(errors.flatMap((error) => faultsOf(error, ''))),
  });

  async transform(given: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (!hasClass(metadata)) return given;
    const value = read(given, metadata);
    const faults = flawsOf(value);
    if (faults.length > 0) throw refused(faults);
    const wrong = metadata.type === 'body' && !isObject(value ?? {});
    if (wrong) throw refused([{ pointer: '', detail: 'must be a JSON object' }]);
    return (await this.byClass.transform(value, metadata)) as unknown;
  }
}

function hasClass({ metatype, type }: ArgumentMetadata): boolean {
  if (metatype === undefined || type === 'custom') return false;
  return !([String, Number, Boolean, Array, Object, Buffer] as unknown[]).includes(metatype);
}

function read(value: unknown, { metatype }: ArgumentMetadata): unknown {
  const names = READ_ONLY.get(metatype);
  if (names === undefined) return value;
  return Object.fromEntries(Object.entries(value ?? {}).filter(([name]) => names.includes(name)));
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refused(faults: ProblemDetail[]): Problem {
  return new Problem(400, NOT_VALID, faults.slice(0, MOST_FAULTS));
}

function faultsOf(error: ValidationError, above: string): ProblemDetail[] {
  const pointer = `${above}/${escaped(error.property)}`;
  const own = Object.values(error.constraints ?? {}).map((text) => ({ pointer, detail: withoutName(text, error) }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, pointer))];
}

/** The pointer names the field; class-validator's texts name it again. */
function withoutName(text: string, { property }: ValidationError): string {
  if (text === `property ${property} should not exist`) return 'is not known here';
  return text.startsWith(`${property} `) ? text.slice(property.length + 1) : text;
}

/** What is wrong with a value whatever its class: text that cannot be stored, names that reach into prototypes. */
export function flawsOf(value: unknown, pointer = '', depth = 0): ProblemDetail[] {
  if (typeof value === 'string') return flawOfText(value).map((detail) => ({ pointer, detail }));
  if (typeof value !== 'object' || value === null) return [];
  if (depth === DEEPEST) return [{ pointer, detail: `is nested more than ${DEEPEST} levels deep` }];
  return Object.keys(value).flatMap((name) => {
    const at = `${pointer}/${escaped(name)}`;
    const wrong = FORBIDDEN_NAMES.has(name) || flawOfText(name).length > 0;
    if (wrong) return [{ pointer: at.toWellFormed().replaceAll('\0', '\uFFFD'), detail: 'is not known here' }];
    return flawsOf((value as Record<string, unknown>)[name], at, depth + 1);
  });
}

function flawOfText(text: string): string[] {
  if (text.includes('\0')) return ['must not contain the character U+0000'];
  return text.isWellFormed() ? [] : ['must be valid Unicode: it has half of a surrogate pair'];
}

/** As RFC 6901 wants a name in a pointer. */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
