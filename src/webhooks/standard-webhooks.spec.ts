import { signedBy } from '../../test/support/standard-webhook.js';
import { isStandardWebhook } from './standard-webhooks.js';

const SECRET = `whsec_${Buffer.from('a key of 24 bytes or more').toString('base64')}`;
const body = '{"event_type":"ping","data":{"success":true}}';
const raw = Buffer.from(body);

describe('a webhook that is signed by the standard', () => {
  // The example of https://docs.svix.com/receiving/verifying-payloads/how-manual.
  it('is known by its id, its time and its body', () => {
    const headers = {
      'webhook-id': 'msg_loFOjxBNrRLzqYUf',
      'webhook-timestamp': '1731705121',
      'webhook-signature': 'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=',
    };
    const secrets = ['whsec_plJ3nmyCDGBKInavdOK15jsl'];
    expect(isStandardWebhook(raw, headers, secrets)).toBe(true);
    expect(isStandardWebhook(Buffer.from(`${body} `), headers, secrets)).toBe(false);
    for (const name of Object.keys(headers)) {
      expect(isStandardWebhook(raw, { ...headers, [name]: 'v1,other' }, secrets)).toBe(false);
      expect(isStandardWebhook(raw, { ...headers, [name]: undefined }, secrets)).toBe(false);
    }
  });

  it('may be by any of several secrets, and bear several signatures', () => {
    const headers = signedBy(SECRET, body, 'id');
    expect(isStandardWebhook(raw, headers, ['whsec_b3RoZXI=', SECRET])).toBe(true);
    expect(isStandardWebhook(raw, headers, ['whsec_b3RoZXI='])).toBe(false);
    const several = `v1,AAAA v1a,ZWQyNTUxOQ== ${headers['webhook-signature']}`;
    expect(isStandardWebhook(raw, { ...headers, 'webhook-signature': several }, [SECRET])).toBe(true);
    const too_many = `${'v1,AAAA '.repeat(10)}${headers['webhook-signature']}`;
    expect(isStandardWebhook(raw, { ...headers, 'webhook-signature': too_many }, [SECRET])).toBe(false);
  });

  it('is not by a secret with nothing in it, nor by none', () => {
    const headers = signedBy('whsec_', body, 'id');
    expect(isStandardWebhook(raw, headers, ['whsec_', ''])).toBe(false);
    expect(isStandardWebhook(raw, headers, [])).toBe(false);
  });
});
