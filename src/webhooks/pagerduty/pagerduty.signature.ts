import { isSecret, isSigned, signaturesIn } from '../signature.js';
import { type Headers, headerOf, type Signature } from '../webhook-source.js';

const SIGNATURE = 'x-pagerduty-signature';

export class PagerdutySignature implements Signature {
  constructor(private readonly secrets: readonly string[]) {}

  get enabled(): boolean {
    return this.secrets.length > 0;
  }

  /**
   * Version 2 of PagerDuty's webhooks cannot sign; what sends it shows the secret itself. Never in place of a signature
   * that is wrong.
   */
  isAuthentic(raw: Buffer, headers: Headers): boolean {
    if (headers[SIGNATURE] === undefined) return isSecret(shownSecret(headers), this.secrets);
    const signatures = signaturesIn(headerOf(headers, SIGNATURE), ',');
    return signatures.some((one) => isSigned(raw, one, this.secrets, { algorithm: 'sha256', prefix: 'v1=' }));
  }
}

/** A Bearer token, or the password of Basic credentials with any username, as a URL can hold them. */
function shownSecret(headers: Headers): string | undefined {
  const [, scheme, credential = ''] = /^(Bearer|Basic) +(\S+) *$/i.exec(headerOf(headers, 'authorization') ?? '') ?? [];
  if (scheme?.toLowerCase() !== 'basic') return scheme && credential;
  return /^[^:]*:(.*)$/s.exec(Buffer.from(credential, 'base64').toString('utf8'))?.[1];
}
