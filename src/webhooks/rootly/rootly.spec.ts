import { createHmac } from 'node:crypto';
import { Config } from '../../config/config.js';
import { rootly } from './rootly.js';

const raw = Buffer.from('{"event":{"id":"e1","type":"incident.created"}}');
const signature = rootly.signature(new Config({ DEVOPSTIC_ROOTLY_WEBHOOK_SECRET: 'the one before,a secret' }));

function signed(time: string, secret = 'a secret', body = raw): string {
  return createHmac('sha256', secret).update(time).update(body).digest('hex');
}

describe('a delivery of Rootly', () => {
  it.each([
    ['by a secret', `t=1772442000,v1=${signed('1772442000')}`, true],
    ['by the secret before', `t=1772442000,v1=${signed('1772442000', 'the one before')}`, true],
    ['with a space', `t=1772442000, v1=${signed('1772442000')}`, true],
    ['twice, once rightly', `t=1772442000,v1=00,v1=${signed('1772442000')}`, true],
    ['too many times, once rightly', `t=1772442000,${'v1=00,'.repeat(10)}v1=${signed('1772442000')}`, false],
    ['in a header that came twice', `t=1,v1=${signed('1', 'a guess')}, t=2,v1=${signed('2')}`, true],
    ['by another secret', `t=1772442000,v1=${signed('1772442000', 'a guess')}`, false],
    ['for another time', `t=1772442001,v1=${signed('1772442000')}`, false],
    ['for another body', `t=1772442000,v1=${signed('1772442000', 'a secret', Buffer.from('{}'))}`, false],
    ['without a time', `v1=${signed('')}`, false],
    ['without a signature', 't=1772442000', false],
    ['in no way', undefined, false],
  ])('that is signed %s', (_how, header, authentic) => {
    expect(signature.isAuthentic(raw, { 'x-rootly-signature': header })).toBe(authentic);
  });

  it('is not that of a body whose beginning was moved into the time', () => {
    const header = `t=1772442000{,v1=${signed('1772442000')}`;
    expect(signature.isAuthentic(raw.subarray(1), { 'x-rootly-signature': header })).toBe(false);
  });

  it('is named by its event, whatever the body is', () => {
    expect(rootly.identify({}, raw)).toEqual({ event_name: 'incident.created' });
    expect(rootly.identify({}, Buffer.from('{'))).toEqual({ event_name: 'unknown' });
  });
});
