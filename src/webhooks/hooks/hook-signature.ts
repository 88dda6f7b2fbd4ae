import { type Headers, headerOf, type Signature } from '../webhook-source.js';
import { isSecret, isSigned, valuesIn } from '../signature.js';
import type { SignatureDeclaration, SignedTime } from './declaration.js';
import { readTime } from './time.js';

/** The signature of a declared sender: an HMAC of the body, and a time with it if that is declared; or the secret itself. */
export class HookSignature implements Signature {
  readonly enabled = true;
  private readonly header: string;

  constructor(
    private readonly declared: SignatureDeclaration,
    private readonly secrets: readonly string[],
  ) {
    this.header = declared.header.toLowerCase();
  }

  mayBeAuthentic(headers: Headers): boolean {
    return this.declared.kind === 'hmac' ? headers[this.header] !== undefined : this.showsSecret(headers);
  }

  isAuthentic(raw: Buffer, headers: Headers): boolean {
    const { kind, prefix = '', algorithm = 'sha256', encoding = 'hex', signed = '{body}', time } = this.declared;
    if (kind !== 'hmac') return this.showsSecret(headers);
    const given = valuesIn(headerOf(headers, this.header), prefix);
    const times = time ? timesIn(headers, time, Date.now()) : [''];
    const right = times.filter((one) =>
      isSigned(partsOf(signed, one, raw), given, this.secrets, { algorithm, encoding }),
    );
    return right.length > 0;
  }

  private showsSecret(headers: Headers): boolean {
    const { prefix = '' } = this.declared;
    const given = headerOf(headers, this.header);
    return given?.startsWith(prefix) === true && isSecret(given.slice(prefix.length), this.secrets);
  }
}

function partsOf(signed: string, time: string, body: Buffer): (string | Buffer)[] {
  const parts = signed.split(/(\{body\}|\{time\})/);
  return parts.map((part) => (part === '{body}' ? body : part === '{time}' ? time : part));
}

/** The times that may have been signed: a header that comes twice may have two. What is no time was signed by nobody. */
function timesIn(headers: Headers, { header, prefix = '', format = 'epoch_s', tolerance_s }: SignedTime, now: number) {
  const given = new Set(valuesIn(headerOf(headers, header.toLowerCase()), prefix));
  return [...given].filter((text) => {
    const time = readTime(text, { format });
    if ('fault' in time) return false;
    return tolerance_s === undefined || Math.abs(Date.parse(time.value) - now) <= tolerance_s * 1000;
  });
}
