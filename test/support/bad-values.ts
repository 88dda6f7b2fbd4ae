/** Wrong values by the kind of a field, as JSON text: not all of them are values of JavaScript. */

const quoted = (text: string): string => JSON.stringify(text);

/** What no text may be, wherever it is. */
const NO_TEXT = ['1', 'true', '{}', '[]', '["a"]', '"a\\u0000b"', '"\\ud800"', '"a\\udc00b"'];

const text = (longest: number): string[] => [...NO_TEXT, '""', quoted('x'.repeat(longest + 1)), '1e400'];

const texts = (longest: number, most: number): string[] => [
  '"c1"',
  '1',
  'true',
  '{}',
  '[1]',
  '[null]',
  '[[]]',
  '[["a"]]',
  '[{}]',
  '[""]',
  '["a\\u0000b"]',
  '["a","\\ud800"]',
  `[${quoted('x'.repeat(longest + 1))}]`,
  JSON.stringify(Array.from({ length: most + 1 }, (_, n) => `c${n}`)),
  JSON.stringify(Array.from({ length: 200_000 }, () => 1)),
];

const integer = [
  '"1"',
  '1.5',
  '0',
  '-1',
  '1e400',
  '-1e400',
  '9007199254740992',
  '9223372036854775808',
  'true',
  '[]',
  '{}',
];

const flag = ['"true"', '1', '0', '[]', '{}', '"\\ud800"'];

const choice = ['"nonsense"', '""', '"constructor"', '"__proto__"', '1', 'true', '[]', '{}', '"\\u0000"', '"\\ud800"'];

const url = [
  ...NO_TEXT,
  '""',
  '"nonsense"',
  '"//example.com"',
  '"ftp://example.com"',
  '"javascript:alert(1)"',
  '"http://"',
  '"https://example.com/a b\\u0000"',
  quoted(`https://example.com/${'x'.repeat(2000)}`),
];

const instant = [
  '"yesterday"',
  '""',
  '"2026-03-02"',
  '"2026-03-02T10:00:00"',
  '"2026-02-30T10:00:00Z"',
  '"2026-13-01T10:00:00Z"',
  '"2026-03-02T24:00:00Z"',
  '"2026-03-02T10:00:00+25:00"',
  '"1999-12-31T23:59:59Z"',
  '"9999-01-01T00:00:00Z"',
  '"2026-03-02T10:00:00Z\\u0000"',
  '"\\ud800"',
  '1772447400000',
  '1772447400.5',
  '946684799',
  '-1',
  '0',
  '1e400',
  '9223372036854775808',
  'true',
  '[]',
  '{}',
];

export const BAD = { text, texts, integer, flag, choice, url, instant };

/** JSON in which one field has a value of its own, given as JSON text. */
export function withRaw(body: object, field: string, raw: string): string {
  return JSON.stringify({ ...body, [field]: '<raw>' }).replace('"<raw>"', () => raw);
}
