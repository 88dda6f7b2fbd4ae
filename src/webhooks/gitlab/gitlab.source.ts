import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import type { Scope } from '../../scope/scope.js';
import { isStandardWebhook } from '../standard-webhooks.js';
import { nameFrom, requiredHeader } from '../identity.js';
import { sharedSecret } from '../signature.js';
import {
  type Delivery,
  type Headers,
  headerOf,
  type Identity,
  type Reading,
  type Signature,
  type WebhookSource,
} from '../webhook-source.js';
import { readGitlab } from './gitlab.reader.js';

@Injectable()
export class GitlabSource implements WebhookSource {
  readonly name = 'gitlab';
  readonly signature: Signature;
  readonly kept_headers = [
    'content-type',
    'user-agent',
    'x-gitlab-event',
    'x-gitlab-event-uuid',
    'x-gitlab-webhook-uuid',
    'x-gitlab-instance',
    'idempotency-key',
    'webhook-id',
    'webhook-timestamp',
  ];

  constructor(config: Config) {
    const { gitlab: secrets } = config.webhook_secrets;
    this.signature = sharedSecret(['webhook-signature'], secrets, isStandardWebhook, (headers) =>
      headerOf(headers, 'x-gitlab-token'),
    );
  }

  /**
   * By the id that is the same when it is sent again, signed where there is a signature. Before GitLab 17.4 there is none:
   * `X-Gitlab-Event-UUID` is no id, for all that one action sets off have the same.
   */
  identify(headers: Headers): Identity {
    return {
      delivery_id: nameFrom(headerOf(headers, 'webhook-id')) ?? nameFrom(headerOf(headers, 'idempotency-key')),
      event_name: requiredHeader(headers, 'x-gitlab-event'),
    };
  }

  read({ payload }: Delivery, scope: Scope): Reading {
    return readGitlab(payload, scope);
  }
}
