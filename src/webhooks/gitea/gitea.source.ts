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
import { readGitea } from './gitea.reader.js';

/** Forgejo sends the headers of Gitea beside its own, and both those of Gogs, which they come from. */
const FAMILY = ['gitea', 'forgejo', 'gogs'];
const SIGNATURES = [...FAMILY.map((name) => `x-${name}-signature`), 'x-hub-signature-256'];

@Injectable()
export class GiteaSource implements WebhookSource {
  readonly name = 'gitea';
  readonly signature: Signature;
  readonly kept_headers = [
    'content-type',
    'user-agent',
    ...FAMILY.flatMap((name) => [`x-${name}-event`, `x-${name}-event-type`, `x-${name}-delivery`]),
  ];

  constructor(config: Config) {
    this.signature = sharedSecret(SIGNATURES, config.webhook_secrets.gitea, isAuthentic);
  }

  identify(headers: Headers): Identity {
    return { delivery_id: familyHeader(headers, 'delivery'), event_name: familyHeader(headers, 'event') };
  }

  read(delivery: Delivery, scope: Scope): Reading {
    return readGitea(delivery, scope);
  }
}

function familyHeader(headers: Headers, name: string): string {
  const names = FAMILY.map((family) => `x-${family}-${name}`);
  return requiredHeader(headers, names.find((one) => headers[one] !== undefined) ?? `x-gitea-${name}`);
}

/** All of them say the same in two forms; without a secret they come empty. */
function isAuthentic(raw: Buffer, headers: Headers, secrets: readonly string[]): boolean {
  const given = [
    ...FAMILY.flatMap((name) => valuesIn(headerOf(headers, `x-${name}-signature`), '')),
    ...valuesIn(headerOf(headers, 'x-hub-signature-256'), 'sha256='),
  ];
  return isSigned([raw], given, secrets, { algorithm: 'sha256' });
}
