import fc from 'fast-check';
import { parseJsonInTurns } from './json.js';
import { Problem } from './problem.js';

const LONG = 'x'.repeat(70_000);
const inTurns = (text: string): Promise<unknown> => parseJsonInTurns(Buffer.from(text));

/** What it says, or that it refuses. */
async function outcome(parse: () => unknown): Promise<unknown> {
  try {
    return { value: await parse() };
  } catch (cause) {
    if (!(cause instanceof SyntaxError || cause instanceof Problem)) throw cause;
    return 'refused';
  }
}

describe('a long JSON text, parsed in slices', () => {
  it.each([
    ['numbers', `[${'1,'.repeat(900_000)}1]`],
    ['objects that are all of another form', `[${Array.from({ length: 200_000 }, (_, n) => `{"k${n}":1}`).join(',')}]`],
  ])('gives others their turn: %s', async (_, text) => {
    let [turns, over] = [0, false];
    const turn = (): void => {
      turns++;
      if (!over) setImmediate(turn);
    };
    setImmediate(turn);
    await inTurns(text);
    over = true;
    expect(turns).toBeGreaterThan(2);
  });

  it('says what JSON.parse says', async () => {
    // Every leaf is long enough to be cut behind, so that all that can be around a cut is.
    const value = fc.letrec((tie) => ({
      leaf: fc.oneof(
        fc.constant(LONG),
        fc.constant(`\\",[{${LONG}`),
        fc.constant([]),
        fc.constant({}),
        fc.integer(),
        fc.string(),
      ),
      node: fc.oneof(
        { maxDepth: 4 },
        tie('leaf'),
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('node'), { maxKeys: 4 }),
      ),
    })).node;
    const blank = fc.constantFrom('', ' ', '\t', '\n ');
    await fc.assert(
      fc.asyncProperty(value, blank, async (one, space) => {
        const text = JSON.stringify([one, LONG, one], null, space);
        expect(await inTurns(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 60 },
    );
  });

  it('says so too of a text with a character too many', async () => {
    const leaf = fc.constantFrom(LONG, [LONG], { a: [LONG, LONG] }, [[LONG], 1], [], 'a', -1);
    const odd = fc.constantFrom(...Array.from('017-.eE"\\,:[]{} nx'));
    await fc.assert(
      fc.asyncProperty(fc.array(leaf, { minLength: 1, maxLength: 3 }), odd, fc.nat(), async (values, extra, nth) => {
        const whole = JSON.stringify([values, { b: values }]);
        const places = Array.from(whole.matchAll(/[^x]/g), ({ index }) => index);
        const place = places[nth % places.length]!;
        const text = whole.slice(0, place) + extra + whole.slice(place);
        expect(await outcome(() => inTurns(text))).toEqual(await outcome(() => JSON.parse(text) as unknown));
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['a name of prototypes', `{"a":"${LONG}","__proto__":{"b":1},"c":"${LONG}"}`],
    ['the same name twice', `{"a":"${LONG}","b":2,"a":"${LONG}3"}`],
    ['a byte order mark', `\uFEFF["${LONG}"]`],
    ['blanks around', ` ${LONG.replaceAll('x', ' ')}["${LONG}"] `],
    ['short values, deep in each other', `["${LONG}",${'['.repeat(500)}${']'.repeat(500)}]`],
    ['long strings of escapes', `["${'\\"'.repeat(70_000)}","${'\\\\'.repeat(70_000)}"]`],
  ])('also with %s', async (_what, text) => {
    expect(await inTurns(text)).toEqual(JSON.parse(text.replace(/^\uFEFF/, '')));
  });

  it('is nothing if it is blank', async () => {
    expect(await inTurns(' '.repeat(100_000))).toBeUndefined();
  });

  const PART = `["${LONG}","${LONG}"]`;
  it.each([
    `["${LONG}",]`,
    `[,"${LONG}"]`,
    `["${LONG}",,1]`,
    `["${LONG}" "${LONG}"]`,
    `["${LONG}"`,
    `"${LONG}"]`,
    `["${LONG}"}`,
    `{"a":"${LONG}"]`,
    `[${PART},]`,
    `[${PART}${PART}]`,
    `[${PART} 1]`,
    `[1 ${PART}]`,
    `{${PART}}`,
    `{"a" ${PART}}`,
    `{"a":${PART},}`,
    `{"a":${PART} "b":1}`,
    `${PART},${PART}`,
    `${PART} ${PART}`,
    `["${LONG}`,
    `["${LONG}\\`,
    `[${PART}`,
    `{"a":1 "b":${PART}}`,
    `[${LONG}]`,
    `[1${PART}]`,
    `1${PART}`,
    `[-${PART}]`,
    `[1.${PART}]`,
    `[1e${PART}]`,
    `{"a":1${PART}}`,
    `{"a":-${PART}}`,
    `{"a"${PART}}`,
    `[true${PART}]`,
    `["a"${PART}]`,
    `[[1]${PART}]`,
    `["${LONG}",\u00a0${PART}]`,
  ])('is refused where JSON.parse refuses: %#', async (text) => {
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    await expect(inTurns(text)).rejects.toMatchObject({ status: 400 });
  });

  it.each([
    ['more than a million values', `[${'[],'.repeat(1_000_001)}[]]`],
    ['long values in each other', `${'['.repeat(20)}${PART}${']'.repeat(20)}`],
    ['bytes that are no UTF-8', Buffer.concat([Buffer.from(`["${LONG}","`), Buffer.from([0xff]), Buffer.from('"]')])],
  ])('is refused with %s', async (_what, text) => {
    await expect(parseJsonInTurns(Buffer.from(text))).rejects.toMatchObject({ status: 400 });
  });
});
