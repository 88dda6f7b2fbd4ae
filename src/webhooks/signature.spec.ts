import { createHmac } from 'node:crypto';
import { type HmacScheme, isSigned, valuesIn } from './signature.js';

const body = Buffer.from('Hello, World!');

function signature(secret: string, raw = body): string {
  return `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
}

function isRight(given: string | undefined, secrets: string[], prefix = 'sha256='): boolean {
  return isSigned([body], valuesIn(given, prefix), secrets, { algorithm: 'sha256' });
}

describe('a signature', () => {
  it("is the one that GitHub's documentation gives as an example", () => {
    const given = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
    expect(isRight(given, ["It's a Secret to Everybody"])).toBe(true);
    expect(isRight(given.toUpperCase().replace('SHA', 'sha'), ["It's a Secret to Everybody"])).toBe(true);
  });

  it('may be by any of several secrets, so that they can be changed', () => {
    expect(isRight(signature('new'), ['old', 'new'])).toBe(true);
    expect(isRight(signature('old'), ['old', 'new'])).toBe(true);
    expect(isRight(signature('older'), ['old', 'new'])).toBe(false);
  });

  it('of another body, cut short, too long, of another form or missing is none', () => {
    const right = signature('s');
    const wrong = [
      signature('s', Buffer.from('Hello, World?')),
      right.slice(0, -2),
      right.slice(0, -1),
      `${right}0`,
      `${right}00`,
      `${right}=`,
      `${right}z`,
      right.slice('sha256='.length),
      right.replace('sha256', 'sha1'),
      `x${right}`,
      right.replace(/.$/, 'g'),
      'sha256=',
      '',
      undefined,
    ];
    for (const given of wrong) expect([given, isRight(given, ['s'])]).toEqual([given, false]);
  });

  it('by an empty secret, or with none configured, is none', () => {
    expect(isRight(signature(''), [''])).toBe(false);
    expect(isRight(signature(''), [])).toBe(false);
  });

  it('is of all parts together', () => {
    const given = [createHmac('sha256', 's').update('1:').update(body).digest('hex')];
    const isSignedAs = (...parts: (string | Buffer)[]) => isSigned(parts, given, ['s'], { algorithm: 'sha256' });
    expect([isSignedAs('1:', body), isSignedAs(body), isSignedAs('2:', body)]).toEqual([true, false, false]);
  });

  it.each(['sha1', 'sha256'] as const)('in base64 of %s is that text, with its padding or without it', (algorithm) => {
    const scheme: HmacScheme = { algorithm, encoding: 'base64' };
    const right = createHmac(algorithm, 's').update(body).digest('base64');
    const bare = right.replace('=', '');
    const isBase64 = (given: string) => isSigned([body], [given], ['s'], scheme);
    expect([right, bare].map(isBase64)).toEqual([true, true]);
    // The last character has bits that decode to nothing.
    const alphabet = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
    const others = alphabet.filter((one) => !bare.endsWith(one));
    for (const one of others) expect([one, isBase64(bare.slice(0, -1) + one)]).toEqual([one, false]);
    for (const given of [`${right}=`, `${bare}A`, `${bare}AA==`, right.toLowerCase(), right.replaceAll('=', '-')]) {
      expect([given, isBase64(given)]).toEqual([given, false]);
    }
  });
});

describe('a header with several signatures', () => {
  it.each([
    ['', 'one,two, three four', ['one', 'two', 'three', 'four']],
    ['v1=', 'v1=one,v2=two,v1=three', ['one', 'three']],
    ['v1=', 't=1 , v1=one ,, v1=two', ['one', 'two']],
    ['v1,', 'v1,one v1a,two v1,three', ['one', 'three']],
    ['v1,', 'v1,one, v1,two', ['one', 'two']],
    ['v1,', 'v1,one,v1,two', ['one', 'two']],
    ['Proof (1.0) ', 'Proof (1.0) one, Proof 1000 two', ['one']],
    ['v1=', 'v1=', []],
    ['v1=', undefined, []],
    ['v1=', 'v1=a,v1=b,v1=c,v1=d,v1=e', ['a', 'b', 'c', 'd']],
  ])('behind the prefix %j, as %j, has %j', (prefix, header, values) => {
    expect(valuesIn(header, prefix)).toEqual(values);
  });

  it('is right if one of them is, up to the fourth', () => {
    const [right, wrong] = [signature('s'), signature('other')];
    const rightly = [`${wrong},${right}`, `${right}, ${wrong}`, `${wrong} ${wrong},${wrong},${right}`];
    for (const given of rightly) expect([given, isRight(given, ['s'])]).toEqual([given, true]);
    expect(isRight(`${wrong},${wrong},${wrong},${wrong},${right}`, ['s'])).toBe(false);
    expect(isRight(`${wrong},${right}0`, ['s'])).toBe(false);
  });
});
