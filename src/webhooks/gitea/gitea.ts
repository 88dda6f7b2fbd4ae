import type { BuiltInSource } from '../built-in-source.js';
import { requiredHeader } from '../identity.js';
import { isSigned, sharedSecret, valuesIn } from '../signature.js';
import { type Headers, headerOf } from '../webhook-source.js';
import { readGitea } from './gitea.reader.js';

/** Forgejo sends the headers of Gitea beside its own, and both those of Gogs, which they come from. */
const FAMILY = ['gitea', 'forgejo', 'gogs'];
const SIGNATURES = [...FAMILY.map((name) => `x-${name}-signature`), 'x-hub-signature-256'];

export const gitea = {
  name: 'gitea',
  path: 'gitea/events',
  operation: 'receiveGiteaEvent',
  sender: 'Gitea or Forgejo',
  headers: [
    {
      name: 'X-Gitea-Signature',
      required: false,
      description:
        'HMAC-SHA256 of the body with the secret; or `X-Forgejo-Signature`, or `X-Hub-Signature-256` as of GitHub',
      example: '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    },
    {
      name: 'X-Gitea-Delivery',
      required: false,
      description: 'Id of the delivery; or `X-Forgejo-Delivery`',
      example: 'f6266f16-1bf3-46a5-9ea4-602e06ead473',
    },
    {
      name: 'X-Gitea-Event',
      required: false,
      description: 'Name of the event; or `X-Forgejo-Event`. One of them is required',
      example: 'push',
    },
  ],
  kept_headers: FAMILY.flatMap((name) => [`x-${name}-event`, `x-${name}-event-type`, `x-${name}-delivery`]),
  example: { ref: 'refs/heads/main', repository: { full_name: 'acme/shop', default_branch: 'main' }, commits: [] },
  signature: (config) => sharedSecret(SIGNATURES, config.webhook_secrets.gitea, isAuthentic),
  identify: (headers) => ({
    delivery_id: familyHeader(headers, 'delivery'),
    event_name: familyHeader(headers, 'event'),
  }),
  read: readGitea,
} satisfies BuiltInSource;

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
