import { csvOf } from './csv.js';

const cellOf = (name: string): string => csvOf([{ name }], { name: '' }).split('\r\n')[1] ?? '';

describe('a cell of CSV', () => {
  it.each(['=1+1', '+1', '-1', '@sum', '\t=1+1'])('that a spreadsheet would take for a formula is text: %j', (text) => {
    expect(cellOf(text)).toBe(`'${text}`);
  });

  it('that begins with a line break is text, and quoted', () => {
    expect(csvOf([{ name: '\r=1' }], { name: '' })).toBe(`name\r\n"'\r=1"\r\n`);
  });

  it.each([
    ['a=1 \t@', 'a=1 \t@'],
    ['a,b', '"a,b"'],
    ['a "b"', '"a ""b"""'],
    ['a\nb', '"a\nb"'],
  ])('is else as it was, in quotes where it must be: %j', (text, cell) => {
    expect(cellOf(text)).toBe(cell);
  });

  it('of a number is the number, of a list its items, of nothing empty', () => {
    const row = { count: -1, names: ['-a', 'b'], none: null, part: { of: true } };
    expect(csvOf([row], { count: 0, names: [], none: '', part: { of: false }, missing: '' })).toBe(
      `count,names,none,part.of,missing\r\n-1,'-a;b,,true,\r\n`,
    );
  });
});
