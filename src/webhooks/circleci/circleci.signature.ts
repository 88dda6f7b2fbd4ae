import { isSigned, valuesIn } from '../signature.js';
import { type Headers, headerOf } from '../webhook-source.js';

/** A list of signatures, each of a version; there is one version so far. */
export function isSignedByCircleci(raw: Buffer, headers: Headers, secrets: readonly string[]): boolean {
  return isSigned([raw], valuesIn(headerOf(headers, 'circleci-signature'), 'v1='), secrets, { algorithm: 'sha256' });
}
