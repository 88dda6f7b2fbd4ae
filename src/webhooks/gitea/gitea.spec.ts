import { createHmac } from 'node:crypto';
import { Config } from '../../config/config.js';
import { gitea } from './gitea.js';

const signature = gitea.signature(new Config({ DEVOPSTIC_GITEA_WEBHOOK_SECRET: 'new,old' }));
const body = Buffer.from('{"ref":"refs/heads/main"}');
const hmac = (secret: string) => createHmac('sha256', secret).update(body).digest('hex');
const isAuthentic = (headers: Record<string, string | string[]>) => signature.isAuthentic(body, headers);

describe('the signature of Gitea', () => {
  it.each([
    ['x-gitea-signature', ''],
    ['x-forgejo-signature', ''],
    ['x-gogs-signature', ''],
    ['x-hub-signature-256', 'sha256='],
  ])('may come as %s, by the new secret or the old', (name, prefix) => {
    expect(['new', 'old', 'other'].map((secret) => isAuthentic({ [name]: prefix + hmac(secret) }))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('is none if it is empty, twice there, or of SHA-1', () => {
    const sha1 = createHmac('sha1', 'new').update(body).digest('hex');
    expect(isAuthentic({})).toBe(false);
    expect(isAuthentic({ 'x-gitea-signature': '', 'x-hub-signature-256': 'sha256=' })).toBe(false);
    expect(isAuthentic({ 'x-gitea-signature': [hmac('new'), hmac('new')] })).toBe(false);
    expect(isAuthentic({ 'x-hub-signature': `sha1=${sha1}` })).toBe(false);
  });
});

describe('a delivery of Gitea', () => {
  it('is known by the headers of Gitea, Forgejo or Gogs', () => {
    for (const family of ['gitea', 'forgejo', 'gogs']) {
      const headers = { [`x-${family}-event`]: 'push', [`x-${family}-delivery`]: 'f6266f16' };
      expect(gitea.identify(headers)).toEqual({ delivery_id: 'f6266f16', event_name: 'push' });
    }
  });

  it('is refused without them', () => {
    expect(() => gitea.identify({ 'x-github-event': 'push', 'x-gitea-delivery': 'f6266f16' })).toThrow(
      'The header x-gitea-event is required',
    );
  });
});
