import { isSecret, isSigned, valuesIn } from '../signature.js';
import { type Headers, headerOf } from '../webhook-source.js';

const SIGNATURE = 'x-pagerduty-signature';

/**
 * Version 2 of PagerDuty's webhooks cannot sign; what sends it shows the secret itself. Never in place of a signature that
 * is wrong.
 */
export function isFromPagerduty(raw: Buffer, headers: Headers, secrets: readonly string[]): boolean {
  if (headers[SIGNATURE] === undefined) return isSecret(shownSecret(headers), secrets);
  return isSigned([raw], valuesIn(headerOf(headers, SIGNATURE), 'v1='), secrets, { algorithm: 'sha256' });
}

/** A Bearer token, or the password of Basic credentials with any username, as a URL can hold them. */
function shownSecret(headers: Headers): string | undefined {
  const [, scheme, credential = ''] = /^(Bearer|Basic) +(\S+) *$/i.exec(headerOf(headers, 'authorization') ?? '') ?? [];
  if (scheme?.toLowerCase() !== 'basic') return scheme && credential;
  return /^[^:]*:(.*)$/s.exec(Buffer.from(credential, 'base64').toString('utf8'))?.[1];
}
