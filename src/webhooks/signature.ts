import { createHmac, timingSafeEqual } from 'node:crypto';

/** How a provider signs: `header` holds `prefix` and the HMAC of the raw body in hexadecimal. */
export interface HmacScheme {
  algorithm: 'sha1' | 'sha256';
  prefix: string;
}

/**
 * Whether one of the secrets signed these bytes. Every secret is tried, and each comparison takes the same time
 * whatever the signature, so that nothing can be learnt from how long a refusal takes. An empty secret signs nothing:
 * everybody knows it.
 */
export function isSigned(
  raw: Buffer,
  given: string | undefined,
  secrets: readonly string[],
  scheme: HmacScheme,
): boolean {
  if (given === undefined || !given.startsWith(scheme.prefix)) return false;
  const hex = given.slice(scheme.prefix.length);
  if (!/^[0-9a-f]+$/i.test(hex)) return false;
  const signature = Buffer.from(hex, 'hex');
  const matches = secrets
    .filter((secret) => secret !== '')
    .filter((secret) => isEqual(hmac(raw, secret, scheme), signature));
  return matches.length > 0;
}

function hmac(raw: Buffer, secret: string, { algorithm }: HmacScheme): Buffer {
  return createHmac(algorithm, secret).update(raw).digest();
}

function isEqual(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
