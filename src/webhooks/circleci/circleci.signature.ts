import { isAnySigned, signaturesIn } from '../signature.js';
import { type Headers, headerOf } from '../webhook-source.js';

/** A list of signatures, each of a version; there is one version so far. */
export function isSignedByCircleci(raw: Buffer, headers: Headers, secrets: readonly string[]): boolean {
  const given = signaturesIn(headerOf(headers, 'circleci-signature'), ',');
  return isAnySigned(raw, given, secrets, { algorithm: 'sha256', prefix: 'v1=' });
}
