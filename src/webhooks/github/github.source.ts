import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { isSigned } from '../signature.js';
import type { Scope } from '../../scope/scope.js';
import { requiredHeader } from '../identity.js';
import {
  type Delivery,
  type Headers,
  headerOf,
  type Identity,
  type Reading,
  type Signature,
  type WebhookSource,
} from '../webhook-source.js';
import { readGithub } from './github.reader.js';

@Injectable()
export class GithubSource implements WebhookSource {
  readonly name = 'github';
  readonly signature: Signature;
  readonly kept_headers = ['content-type', 'user-agent', 'x-github-event', 'x-github-delivery', 'x-github-hook-id'];

  constructor(private readonly config: Config) {
    this.signature = new GithubSignature(config);
  }

  identify(headers: Headers): Identity {
    return {
      delivery_id: requiredHeader(headers, 'x-github-delivery'),
      event_name: requiredHeader(headers, 'x-github-event'),
    };
  }

  read(delivery: Delivery, scope: Scope): Reading {
    return readGithub(delivery, scope, this.config.github_pipeline_id);
  }
}

class GithubSignature implements Signature {
  constructor(private readonly config: Config) {}

  get enabled(): boolean {
    return this.config.webhook_secrets.github.length > 0;
  }

  /** SHA-1 counts only where it is allowed, and never in place of a SHA-256 signature that is wrong. */
  isAuthentic(raw: Buffer, headers: Headers): boolean {
    const secrets = this.config.webhook_secrets.github;
    if (headers['x-hub-signature-256'] === undefined && this.config.github_allow_sha1) {
      return isSigned(raw, headerOf(headers, 'x-hub-signature'), secrets, { algorithm: 'sha1', prefix: 'sha1=' });
    }
    return isSigned(raw, headerOf(headers, 'x-hub-signature-256'), secrets, { algorithm: 'sha256', prefix: 'sha256=' });
  }
}
