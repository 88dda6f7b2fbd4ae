import { signedBy } from '../../../test/support/standard-webhook.js';
import { Config } from '../../config/config.js';
import { gitlab } from './gitlab.js';

const SIGNING = `whsec_${Buffer.from('the signing token of a test 32 b').toString('base64')}`;
const body = '{"object_kind":"push"}';
const raw = Buffer.from(body);
const signature = gitlab.signature(
  new Config({ DEVOPSTIC_GITLAB_WEBHOOK_SECRET: `the token before,a token,${SIGNING}` }),
);

describe('a delivery of GitLab', () => {
  it('is authentic by any of the secret tokens', () => {
    expect(signature.isAuthentic(raw, { 'x-gitlab-token': 'a token' })).toBe(true);
    expect(signature.isAuthentic(raw, { 'x-gitlab-token': 'the token before' })).toBe(true);
    for (const token of ['a toke', 'a token ', '', ['a token', 'a token'], undefined]) {
      expect(signature.isAuthentic(raw, { 'x-gitlab-token': token })).toBe(false);
    }
  });

  it('is authentic by a signature, of which no token takes the place', () => {
    const signed = signedBy(SIGNING, body, 'one');
    expect(signature.isAuthentic(raw, signed)).toBe(true);
    const forged = { ...signed, 'webhook-id': 'another', 'x-gitlab-token': 'a token' };
    expect(signature.isAuthentic(raw, forged)).toBe(false);
    expect(signature.isAuthentic(raw, { 'x-gitlab-token': 'a token', 'webhook-signature': '' })).toBe(false);
  });

  it('is known by the id that is the same when it is sent again, and never by that of its cause', () => {
    const headers = { 'x-gitlab-event': 'Push Hook', 'x-gitlab-event-uuid': 'cause' };
    expect(gitlab.identify(headers)).toEqual({ delivery_id: undefined, event_name: 'Push Hook' });
    expect(gitlab.identify({ ...headers, 'idempotency-key': 'key' })).toMatchObject({ delivery_id: 'key' });
    const both = { ...headers, 'idempotency-key': 'key', 'webhook-id': 'id' };
    expect(gitlab.identify(both)).toMatchObject({ delivery_id: 'id' });
    expect(() => gitlab.identify({})).toThrow('x-gitlab-event');
  });

  it('is refused as long as no secret is configured', () => {
    expect(gitlab.signature(new Config({})).enabled).toBe(false);
    expect(signature.enabled).toBe(true);
  });
});
