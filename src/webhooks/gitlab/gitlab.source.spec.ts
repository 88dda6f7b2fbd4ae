import { signedBy } from '../../../test/support/standard-webhook.js';
import { Config } from '../../config/config.js';
import { GitlabSource } from './gitlab.source.js';

const SIGNING = `whsec_${Buffer.from('the signing token of a test 32 b').toString('base64')}`;
const body = '{"object_kind":"push"}';
const raw = Buffer.from(body);
const source = new GitlabSource(new Config({ DEVOPSTIC_GITLAB_WEBHOOK_SECRET: `the token before,a token,${SIGNING}` }));
const { signature } = source;

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
    expect(source.identify(headers)).toEqual({ delivery_id: undefined, event_name: 'Push Hook' });
    expect(source.identify({ ...headers, 'idempotency-key': 'key' })).toMatchObject({ delivery_id: 'key' });
    const both = { ...headers, 'idempotency-key': 'key', 'webhook-id': 'id' };
    expect(source.identify(both)).toMatchObject({ delivery_id: 'id' });
    expect(() => source.identify({})).toThrow('x-gitlab-event');
  });

  it('is refused as long as no secret is configured', () => {
    expect(new GitlabSource(new Config({})).signature.enabled).toBe(false);
    expect(signature.enabled).toBe(true);
  });
});
