import type { Config } from '../../config/config.js';
import { isSigned, signaturesIn } from '../signature.js';
import { type Headers, headerOf, type Signature } from '../webhook-source.js';

export class CircleciSignature implements Signature {
  constructor(private readonly config: Pick<Config, 'webhook_secrets'>) {}

  get enabled(): boolean {
    return this.config.webhook_secrets.circleci.length > 0;
  }

  /** A list of signatures, each of a version; there is one version so far. */
  isAuthentic(raw: Buffer, headers: Headers): boolean {
    const given = signaturesIn(headerOf(headers, 'circleci-signature'), ',');
    const scheme = { algorithm: 'sha256', prefix: 'v1=' } as const;
    const secrets = this.config.webhook_secrets.circleci;
    return given.filter((signature) => isSigned(raw, signature, secrets, scheme)).length > 0;
  }
}
