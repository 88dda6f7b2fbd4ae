import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import type { Scope } from '../../scope/scope.js';
import { requiredHeader } from '../identity.js';
import { isSigned, sharedSecret, valuesIn } from '../signature.js';
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
    const headers = ['x-hub-signature-256', ...(config.github_allow_sha1 ? ['x-hub-signature'] : [])];
    this.signature = sharedSecret(headers, config.webhook_secrets.github, (raw, given, secrets) =>
      isSignedByGithub(raw, given, secrets, config.github_allow_sha1),
    );
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

/** SHA-1 counts only where it is allowed, and never in place of a SHA-256 signature that is wrong. */
function isSignedByGithub(raw: Buffer, headers: Headers, secrets: readonly string[], allow_sha1: boolean): boolean {
  if (headers['x-hub-signature-256'] === undefined && allow_sha1) {
    const given = valuesIn(headerOf(headers, 'x-hub-signature'), 'sha1=');
    return isSigned([raw], given, secrets, { algorithm: 'sha1' });
  }
  const given = valuesIn(headerOf(headers, 'x-hub-signature-256'), 'sha256=');
  return isSigned([raw], given, secrets, { algorithm: 'sha256' });
}
