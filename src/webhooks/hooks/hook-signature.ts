import { type Headers, headerOf, type Signature } from '../webhook-source.js';
import { isSecret, isSigned, valuesIn } from '../signature.js';
import type { SignatureDeclaration } from './declaration.js';

/** The signature of a declared sender: an HMAC of the body, or the secret itself. */
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
    const { kind, prefix = '', algorithm = 'sha256', encoding = 'hex' } = this.declared;
    if (kind !== 'hmac') return this.showsSecret(headers);
    const given = valuesIn(headerOf(headers, this.header), prefix);
    return isSigned([raw], given, this.secrets, { algorithm, encoding });
  }

  private showsSecret(headers: Headers): boolean {
    const { prefix = '' } = this.declared;
    const given = headerOf(headers, this.header);
    return given?.startsWith(prefix) === true && isSecret(given.slice(prefix.length), this.secrets);
  }
}
