import { parsePayload } from './request-body.js';

describe('the body of a webhook', () => {
  it('is JSON, or a form that holds it', () => {
    const json = '{"zen":"a+b & c"}';
    const form = new URLSearchParams({ payload: json }).toString();
    expect(parsePayload(Buffer.from(json), 'application/json').at('zen').text()).toBe('a+b & c');
    const sent = parsePayload(Buffer.from(form), 'application/x-www-form-urlencoded; charset=utf-8');
    expect(sent.at('zen').text()).toBe('a+b & c');
  });

  it.each([
    ['broken JSON', Buffer.from('{"a":'), 'not valid JSON'],
    ['nothing', Buffer.from(''), 'must be a JSON object'],
    ['an array', Buffer.from('[]'), 'must be a JSON object'],
    ['null', Buffer.from('null'), 'must be a JSON object'],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'not valid UTF-8'],
  ])('that is %s is malformed', (_what, raw, reason) => {
    expect(() => parsePayload(raw, 'application/json')).toThrow(reason);
  });

  it('that is a form without a payload is malformed', () => {
    expect(() => parsePayload(Buffer.from('a=b'), 'application/x-www-form-urlencoded')).toThrow('/payload is required');
  });

  it('finds only what was sent, not what every object has', () => {
    const payload = parsePayload(Buffer.from('{"a":{}}'), 'application/json');
    expect(payload.at('constructor', 'name').optionalText()).toBeUndefined();
    expect(payload.at('a', '__proto__', 'x').optionalText()).toBeUndefined();
  });
});
