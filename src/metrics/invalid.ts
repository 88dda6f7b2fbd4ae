import { Problem } from '../http/problem.js';

/** A query parameter that no class can judge by itself. */
export function invalid(pointer: string, detail: string): Problem {
  return new Problem(400, 'The request is not valid', [{ pointer, detail }]);
}
