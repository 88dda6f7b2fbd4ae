import { type Headers, headerOf, type Signature } from '../webhook-source.js';
import { isSecret, isSigned, valuesIn } from '../signature.js';
import type { SignatureDeclaration } from './declaration.js';

/** The signature of a declared sender: an HMAC of the body, or the secret itself. */
export class HookSignature implements Signature {
  readonly enabled = true;
  readonly headers: readonly string[];
  private readonly header: string;

  constructor(
    private readonly declared: SignatureDeclaration,
    private readonly secrets: readonly string[],
  ) {
    this.header = declared.header.toLowerCase();
    this.headers = [this.header];
  }

  isAuthentic(raw: Buffer, headers: Headers): boolean {
    const given = headerOf(headers, this.header);
    const { kind, prefix = '', algorithm = 'sha256', encoding = 'hex' } = this.declared;
    if (kind === 'hmac') return isSigned([raw], valuesIn(given, prefix), this.secrets, { algorithm, encoding });
    return given?.startsWith(prefix) === true && isSecret(given.slice(prefix.length), this.secrets);
  }
}
