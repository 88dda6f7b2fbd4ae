import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type Headers, headerOf, type Signature } from './webhook-source.js';

/** How a provider signs. */
export interface HmacScheme {
  algorithm: 'sha1' | 'sha256';
  /** How the HMAC is written; hexadecimal unless said otherwise. */
  encoding?: 'hex' | 'base64';
}

/** While a secret is changed there are two; the same header may come twice. More are not looked at. */
const MOST_SIGNATURES = 4;

/**
 * The signatures, or other parts, in a header: what stands behind the prefix. There may be several, with commas or spaces
 * between them, which is also what becomes of a header that comes several times.
 */
export function valuesIn(header: string | undefined, prefix: string): string[] {
  const literal = prefix.replaceAll(/\W/g, String.raw`\$&`);
  const values = (header ?? '').matchAll(new RegExp(String.raw`(?<=^|[\s,])${literal}([^\s,]+)`, 'g'));
  return [...values].slice(0, MOST_SIGNATURES).map(([, value = '']) => value);
}

/**
 * Whether one of the secrets made one of the signatures given of what was signed, one part behind the other. Every secret
 * is tried with every signature, and each comparison takes the same time, so that nothing can be learnt from how long a
 * refusal takes. However many signatures there are, the body is digested once for each secret. An empty secret signs
 * nothing: everybody knows it.
 */
export function isSigned(
  signed: readonly (string | Buffer)[],
  given: readonly string[],
  secrets: readonly (string | Buffer)[],
  { algorithm, encoding = 'hex' }: HmacScheme,
): boolean {
  if (given.length === 0) return false;
  const written = encoding === 'hex' ? given.map((one) => one.toLowerCase()) : given;
  const matches = secrets
    .filter((secret) => secret.length > 0)
    .flatMap((secret) => {
      const hmac = createHmac(algorithm, secret);
      for (const part of signed) hmac.update(part);
      const right = hmac.digest(encoding);
      return written.filter((one) => isWritten(right, one));
    });
  return matches.length > 0;
}

/**
 * Whether that is the HMAC to its last character: what has more, and would only be decoded to it, is none. Base64 may come
 * without its padding.
 */
function isWritten(right: string, given: string): boolean {
  return (
    isEqual(Buffer.from(right), Buffer.from(given)) ||
    isEqual(Buffer.from(right.replace(/=+$/, '')), Buffer.from(given))
  );
}

type IsSignedBy = (raw: Buffer, headers: Headers, secrets: readonly string[]) => boolean;

/**
 * What senders prove by a secret that they share with us; without one it is off.
 *
 * @param headers where a signature stands, in lower case
 * @param shownIn the secret itself, for senders that cannot sign: it counts only where there is no signature, never in place
 *   of one that is wrong
 */
export function sharedSecret(
  headers: readonly string[],
  secrets: readonly string[],
  isSignedBy: IsSignedBy,
  shownIn: (headers: Headers) => string | undefined = () => undefined,
): Signature {
  const hasSignature = (given: Headers): boolean => headers.some((name) => given[name] !== undefined);
  const showsSecret = (given: Headers): boolean => isSecret(shownIn(given), secrets);
  return {
    enabled: secrets.length > 0,
    mayBeAuthentic: (given) => hasSignature(given) || showsSecret(given),
    isAuthentic: (raw, given) => (hasSignature(given) ? isSignedBy(raw, given, secrets) : showsSecret(given)),
  };
}

/** The check of senders that sign the body alone, by HMAC-SHA256, in one header. */
export function hmacOfBody(header: string, prefix: string): IsSignedBy {
  return (raw, headers, secrets) =>
    isSigned([raw], valuesIn(headerOf(headers, header), prefix), secrets, { algorithm: 'sha256' });
}

/** Whether a header is one of the secrets itself, compared as a signature is. */
export function isSecret(given: string | undefined, secrets: readonly string[]): boolean {
  if (given === undefined) return false;
  const matches = secrets
    .filter((secret) => secret !== '')
    .filter((secret) => timingSafeEqual(sha256(secret), sha256(given)));
  return matches.length > 0;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function isEqual(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
