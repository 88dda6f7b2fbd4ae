import { createHmac } from 'node:crypto';
import { isSigned } from './signature.js';

const SHA256 = { algorithm: 'sha256', prefix: 'sha256=' } as const;
const body = Buffer.from('Hello, World!');

function signature(secret: string, raw = body): string {
  return `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
}

describe('a signature', () => {
  it("is the one that GitHub's documentation gives as an example", () => {
    const given = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
    expect(isSigned(body, given, ["It's a Secret to Everybody"], SHA256)).toBe(true);
  });

  it('may be by any of several secrets, so that they can be changed', () => {
    expect(isSigned(body, signature('new'), ['old', 'new'], SHA256)).toBe(true);
    expect(isSigned(body, signature('old'), ['old', 'new'], SHA256)).toBe(true);
    expect(isSigned(body, signature('older'), ['old', 'new'], SHA256)).toBe(false);
  });

  it('of another body, cut short, too long, of another form or missing is none', () => {
    const right = signature('s');
    const wrong = [
      signature('s', Buffer.from('Hello, World?')),
      right.slice(0, -2),
      `${right}00`,
      right.slice('sha256='.length),
      right.replace('sha256', 'sha1'),
      right.replace(/.$/, 'g'),
      'sha256=',
      '',
      undefined,
    ];
    for (const given of wrong) expect(isSigned(body, given, ['s'], SHA256)).toBe(false);
  });

  it('by an empty secret, or with none configured, is none', () => {
    expect(isSigned(body, signature(''), [''], SHA256)).toBe(false);
    expect(isSigned(body, signature(''), [], SHA256)).toBe(false);
  });
});
