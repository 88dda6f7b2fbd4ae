import { hmacOfBody, sharedSecret } from '../signature.js';
import { type Headers, headerOf, type Signature } from '../webhook-source.js';

const SIGNATURE = 'x-pagerduty-signature';

/** Version 2 of PagerDuty's webhooks cannot sign; what sends it shows the secret itself. */
export function pagerdutySignature(secrets: readonly string[]): Signature {
  return sharedSecret([SIGNATURE], secrets, hmacOfBody(SIGNATURE, 'v1='), shownSecret);
}

/** A Bearer token, or the password of Basic credentials with any username, as a URL can hold them. */
function shownSecret(headers: Headers): string | undefined {
  const [, scheme, credential = ''] = /^(Bearer|Basic) +(\S+) *$/i.exec(headerOf(headers, 'authorization') ?? '') ?? [];
  if (scheme?.toLowerCase() !== 'basic') return scheme && credential;
  return /^[^:]*:(.*)$/s.exec(Buffer.from(credential, 'base64').toString('utf8'))?.[1];
}
