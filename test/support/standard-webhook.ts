import { createHmac } from 'node:crypto';

/** The headers that sign a body as Standard Webhooks does, by a secret that begins with `whsec_`. */
export function signedBy(secret: string, raw: string, id: string, time = '1772442000'): Record<string, string> {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const hmac = createHmac('sha256', key).update(`${id}.${time}.${raw}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': `v1,${hmac}` };
}
