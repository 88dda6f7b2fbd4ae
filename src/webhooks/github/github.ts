import type { BuiltInSource } from '../built-in-source.js';
import { requiredHeader } from '../identity.js';
import { isSigned, sharedSecret, valuesIn } from '../signature.js';
import { type Headers, headerOf } from '../webhook-source.js';
import { readGithub } from './github.reader.js';

export const github = {
  name: 'github',
  path: 'github/events',
  operation: 'receiveGithubEvent',
  sender: 'GitHub',
  headers: [
    {
      name: 'X-Hub-Signature-256',
      description: 'HMAC-SHA256 of the body with the secret',
      example: 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    },
    {
      name: 'X-GitHub-Delivery',
      description: 'Id of the delivery, the same when it is sent again',
      example: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    },
    { name: 'X-GitHub-Event', description: 'Name of the event', example: 'push' },
  ],
  kept_headers: ['x-github-event', 'x-github-delivery', 'x-github-hook-id'],
  example: { zen: 'Design for failure.', hook_id: 1 },
  signature: ({ github_allow_sha1: allow_sha1, webhook_secrets }) => {
    const headers = ['x-hub-signature-256', ...(allow_sha1 ? ['x-hub-signature'] : [])];
    return sharedSecret(headers, webhook_secrets.github, (raw, given, secrets) =>
      isSignedByGithub(raw, given, secrets, allow_sha1),
    );
  },
  identify: (headers) => ({
    delivery_id: requiredHeader(headers, 'x-github-delivery'),
    event_name: requiredHeader(headers, 'x-github-event'),
  }),
  read: (delivery, scope, config) => readGithub(delivery, scope, config.github_pipeline_id),
} satisfies BuiltInSource;

/** SHA-1 counts only where it is allowed, and never in place of a SHA-256 signature that is wrong. */
function isSignedByGithub(raw: Buffer, headers: Headers, secrets: readonly string[], allow_sha1: boolean): boolean {
  if (headers['x-hub-signature-256'] === undefined && allow_sha1) {
    const given = valuesIn(headerOf(headers, 'x-hub-signature'), 'sha1=');
    return isSigned([raw], given, secrets, { algorithm: 'sha1' });
  }
  const given = valuesIn(headerOf(headers, 'x-hub-signature-256'), 'sha256=');
  return isSigned([raw], given, secrets, { algorithm: 'sha256' });
}
