import { isSigned, valuesIn } from './signature.js';
import { type Headers, headerOf } from './webhook-source.js';

/**
 * Whether a request is signed as https://www.standardwebhooks.com says: `webhook-signature` holds one signature or several
 * (while a secret is being changed), each over id, time and body.
 *
 * How old `webhook-timestamp` is does not matter: a request that is sent once more has the same id, and changes nothing.
 */
export function isStandardWebhook(raw: Buffer, headers: Headers, secrets: readonly string[]): boolean {
  const [id, time, given] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    headerOf(headers, name),
  );
  if (id === undefined || time === undefined || given === undefined) return false;
  const scheme = { algorithm: 'sha256', encoding: 'base64' } as const;
  return isSigned([`${id}.${time}.`, raw], valuesIn(given, 'v1,'), secrets.map(keyOf), scheme);
}

const ENCODED_KEY = 'whsec_';

/** A secret that is written as `whsec_…` is a key in base64; any other is the key as it stands. */
function keyOf(secret: string): Buffer {
  return secret.startsWith(ENCODED_KEY) ? Buffer.from(secret.slice(ENCODED_KEY.length), 'base64') : Buffer.from(secret);
}
