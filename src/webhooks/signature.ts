import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Headers, Signature } from './webhook-source.js';

/** How a provider signs: `header` holds `prefix` and the HMAC of the signed bytes. */
export interface HmacScheme {
  algorithm: 'sha1' | 'sha256';
  prefix: string;
  /** How the HMAC is written; hexadecimal unless said otherwise. */
  encoding?: 'hex' | 'base64';
}

const ENCODED = { hex: /^[0-9a-f]+$/i, base64: /^[0-9a-z+/]+={0,2}$/i };

/**
 * Whether one of the secrets signed these bytes. Every secret is tried, and each comparison takes the same time
 * whatever the signature, so that nothing can be learnt from how long a refusal takes. An empty secret signs nothing:
 * everybody knows it.
 */
export function isSigned(
  signed: Buffer,
  given: string | undefined,
  secrets: readonly (string | Buffer)[],
  { algorithm, prefix, encoding = 'hex' }: HmacScheme,
): boolean {
  if (given === undefined || !given.startsWith(prefix)) return false;
  const written = given.slice(prefix.length);
  if (!ENCODED[encoding].test(written)) return false;
  const signature = Buffer.from(written, encoding);
  const matches = secrets
    .filter((secret) => secret.length > 0)
    .filter((secret) => isEqual(createHmac(algorithm, secret).update(signed).digest(), signature));
  return matches.length > 0;
}

/** While a secret is changed there are two. More are not looked at: each costs a digest of the whole body, whoever sends it. */
const MOST_SIGNATURES = 4;

/** The signatures, or other parts, of a header that may hold several. */
export function signaturesIn(header: string | undefined, separator: ',' | ' '): string[] {
  return (header ?? '').split(separator, MOST_SIGNATURES).map((one) => one.trim());
}

/** Whether one of several signatures is right. All are looked at, so that which one it is shows in no time. */
export function isAnySigned(
  signed: Buffer,
  given: readonly string[],
  secrets: readonly (string | Buffer)[],
  scheme: HmacScheme,
): boolean {
  return given.filter((one) => isSigned(signed, one, secrets, scheme)).length > 0;
}

/** What senders prove by a secret that they share with us; without one it is off. */
export function sharedSecret(
  secrets: readonly string[],
  isAuthentic: (raw: Buffer, headers: Headers, secrets: readonly string[]) => boolean,
): Signature {
  return { enabled: secrets.length > 0, isAuthentic: (raw, headers) => isAuthentic(raw, headers, secrets) };
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
