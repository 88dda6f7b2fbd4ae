import { StartError } from '../start-error.js';

/**
 * Checks that a secret can stand in a header. One that cannot (two lines, where one was meant) would be told back whole by
 * whoever refuses it, and the refusal be taken for a service that is away.
 */
export function checkedCredential(credential: string, name: string): string {
  if (/^[\x21-\x7e]+$/.test(credential)) return credential;
  throw new StartError(`${name} holds a line break, a space or another character that none has: give it alone`);
}
