import { createHmac } from 'node:crypto';
import type { Headers } from '../webhook-source.js';
import { pagerdutySignature } from './pagerduty.signature.js';

const body = Buffer.from('{"event":{}}');
const signedBy = (secret: string, raw = body) => `v1=${createHmac('sha256', secret).update(raw).digest('hex')}`;
const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });

function isAuthentic(headers: Headers, secrets = ['new', 'old']): boolean {
  return pagerdutySignature(secrets).isAuthentic(body, headers);
}

describe('a signature of PagerDuty', () => {
  it('is one of several, while the secret is changed at PagerDuty or here', () => {
    const signatures = [
      signedBy('new'),
      signedBy('old'),
      `${signedBy('other')},${signedBy('new')}`,
      `${signedBy('old')}, ${signedBy('other')}`,
    ];
    for (const one of signatures) expect([one, isAuthentic({ 'x-pagerduty-signature': one })]).toEqual([one, true]);
  });

  it('is none if it is by another secret, of another body, of another version, or one of too many', () => {
    const wrong = [
      signedBy('other'),
      signedBy('new', Buffer.from('{}')),
      signedBy('new').replace('v1', 'v2'),
      signedBy('new').slice(3),
      `${`${signedBy('other')},`.repeat(10)}${signedBy('new')}`,
      ',',
      '',
    ];
    for (const one of wrong) expect([one, isAuthentic({ 'x-pagerduty-signature': one })]).toEqual([one, false]);
    expect(isAuthentic({ 'x-pagerduty-signature': [signedBy('new'), signedBy('new')] })).toBe(false);
  });
});

describe('a sender that cannot sign', () => {
  it('shows the secret as a Bearer token, or as the password of any user', () => {
    const shown = [
      { authorization: 'Bearer new' },
      { authorization: 'bearer old' },
      basic('pagerduty:new'),
      basic(':old'),
    ];
    for (const headers of shown) expect([headers, isAuthentic(headers)]).toEqual([headers, true]);
    expect(isAuthentic(basic('user:a:b c'), ['a:b c'])).toBe(true);
  });

  it('is refused with anything else', () => {
    const wrong = [
      {},
      { authorization: '' },
      { authorization: 'new' },
      { authorization: 'Bearer newer' },
      { authorization: 'Digest new' },
      { authorization: ['Bearer new', 'Bearer new'] },
      basic('new'),
      basic('new:'),
      basic('user:new:'),
      { authorization: 'Basic new' },
    ];
    for (const headers of wrong) expect([headers, isAuthentic(headers)]).toEqual([headers, false]);
  });

  it('is not taken at its word if it signs, and wrongly', () => {
    expect(isAuthentic({ authorization: 'Bearer new', 'x-pagerduty-signature': signedBy('other') })).toBe(false);
  });

  it('is refused where there is no secret, or an empty one', () => {
    for (const secrets of [[], ['']]) {
      expect(isAuthentic({ authorization: 'Bearer ' }, secrets)).toBe(false);
      expect(isAuthentic(basic('user:'), secrets)).toBe(false);
      expect(isAuthentic({}, secrets)).toBe(false);
    }
  });
});
