import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { isSigned } from '../signature.js';
import { type Delivery, type Headers, headerOf, type Reading, type WebhookSource } from '../webhook-source.js';
import { readGithub } from './github.reader.js';

@Injectable()
export class GithubSource implements WebhookSource {
  readonly name = 'github';
  readonly id_header = 'x-github-delivery';
  readonly event_header = 'x-github-event';
  readonly kept_headers = ['content-type', 'user-agent', 'x-github-event', 'x-github-delivery', 'x-github-hook-id'];

  constructor(private readonly config: Config) {}

  get enabled(): boolean {
    return this.config.github_webhook_secrets.length > 0;
  }

  /** SHA-1 counts only where it is allowed, and never in place of a SHA-256 signature that is wrong. */
  isAuthentic(raw: Buffer, headers: Headers): boolean {
    const secrets = this.config.github_webhook_secrets;
    if (headers['x-hub-signature-256'] === undefined && this.config.github_allow_sha1) {
      return isSigned(raw, headerOf(headers, 'x-hub-signature'), secrets, { algorithm: 'sha1', prefix: 'sha1=' });
    }
    return isSigned(raw, headerOf(headers, 'x-hub-signature-256'), secrets, { algorithm: 'sha256', prefix: 'sha256=' });
  }

  read(delivery: Delivery): Reading {
    return readGithub(delivery, this.config.github_pipeline_id);
  }
}
