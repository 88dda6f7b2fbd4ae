import { RequestPipe } from '../http/validation.js';
import { Problem } from '../http/problem.js';
import { StartError } from '../start-error.js';

/** Checks a value by the class that the API checks a body by. */
export async function checked<T extends object>(metatype: new () => T, value: T): Promise<T> {
  return (await new RequestPipe().transform(value, { type: 'body', metatype })) as T;
}

/** What the API would answer as a problem is told in one sentence. */
export async function inOwnWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    throw new StartError(sentenceOf(cause), { cause });
  }
}

function sentenceOf({ detail, errors }: Problem): string {
  // A single fault that says the same again adds nothing.
  const faults = errors.filter((error) => error.detail !== detail);
  const named = faults.map((fault) => `${fault.pointer.slice(1).replaceAll('/', ' ')} ${fault.detail}`);
  return named.length === 0 ? detail : named.join('; ');
}
