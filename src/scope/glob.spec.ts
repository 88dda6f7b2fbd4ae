import { names } from './glob.js';

/** What a glob names of some texts. */
const named = (glob: string, ...texts: string[]) => texts.filter((text) => names(glob, text));

describe('a glob', () => {
  it('names one text where it has no star', () => {
    expect(named('api/main.ts', 'api/main.ts', 'api/main.tsx', 'web/api/main.ts', 'api/mainxts')).toEqual([
      'api/main.ts',
    ]);
  });

  it('takes a star for anything but a slash, also for nothing', () => {
    expect(named('api-*', 'api-', 'api-eu', 'api-eu/x', 'my-api-eu')).toEqual(['api-', 'api-eu']);
    expect(named('*/a*c*.ts', 'x/ac.ts', 'x/abcbcd.ts', '/ac.ts', 'x/y/ac.ts', 'x/a/c.ts')).toEqual([
      'x/ac.ts',
      'x/abcbcd.ts',
      '/ac.ts',
    ]);
  });

  it('takes two for anything', () => {
    expect(named('api/**', 'api/a', 'api/a/.b', 'api/', 'api', 'my/api/a')).toEqual(['api/a', 'api/a/.b', 'api/']);
    expect(named('acme/pay-**', 'acme/pay-a', 'acme/pay-a/b', 'acme/web')).toEqual(['acme/pay-a', 'acme/pay-a/b']);
    expect(named('**', 'a', 'a/b', '')).toEqual(['a', 'a/b', '']);
    expect(named('**.md', 'a.md', 'a/b.md', 'a.md.ts')).toEqual(['a.md', 'a/b.md']);
  });

  it('takes two with a slash for folders, also for none', () => {
    expect(named('**/go.mod', 'go.mod', 'a/go.mod', 'a/b/go.mod', 'a/no-go.mod')).toEqual([
      'go.mod',
      'a/go.mod',
      'a/b/go.mod',
    ]);
    expect(named('a/**/b/*.ts', 'a/b/x.ts', 'a/b/b/x.ts', 'a/c/b/d/b/x.ts', 'a/xb/x.ts', 'a/b/c/x.ts')).toEqual([
      'a/b/x.ts',
      'a/b/b/x.ts',
      'a/c/b/d/b/x.ts',
    ]);
  });

  it('tries a star again at a later place where what follows does not match at first', () => {
    expect(named('**/ab*c/d', 'ab/abxc/d', 'abxc/e/abc/d', 'abc/abc')).toEqual(['ab/abxc/d', 'abxc/e/abc/d']);
    expect(named('*aab', 'aaab', 'aaaab', 'aaba')).toEqual(['aaab', 'aaaab']);
    expect(named('**a*b**c', 'xa/ab/c', 'a/b/c', 'abc', 'acb')).toEqual(['xa/ab/c', 'abc']);
  });

  it.each(['*a*a*a*a*a*a*x', '**/a*/**/a*/**/a*/**/x', '**a**a**a**a**x', '**a*a**a*a**a*x'])(
    'as %s is soon told apart from whatever it is asked about',
    (glob) => {
      // Trying every way would not end before the test is given up.
      expect(named(glob, 'a'.repeat(1000), 'a/'.repeat(500), 'aa/'.repeat(300))).toEqual([]);
    },
  );

  it('names what an expression names that tries every way, on all short texts', () => {
    const parts = ['a', '/', '*', '**', '**/'];
    const globs = shortTexts(parts, 4).filter((glob) => !glob.includes('***'));
    const texts = shortTexts(['a', 'b', '/'], 5);
    const differing = globs.filter((glob) => {
      const expression = expressionOf(glob);
      return texts.some((text) => names(glob, text) !== expression.test(text));
    });
    expect(globs.length).toBeGreaterThan(200);
    expect(differing).toEqual([]);
  });

  it('names nothing that is longer than names are', () => {
    expect(named('**', 'a'.repeat(1024), 'a'.repeat(1025))).toHaveLength(1);
  });
});

function shortTexts(parts: readonly string[], most: number): string[] {
  let texts = [''];
  const all = new Set<string>();
  for (let i = 0; i < most; i++) {
    texts = texts.flatMap((text) => parts.map((part) => text + part));
    for (const text of texts) all.add(text);
  }
  return [...all];
}

function expressionOf(glob: string): RegExp {
  const folders = glob.replaceAll(/(?<![^/])\*\*\//g, '<');
  return new RegExp(
    `^${folders.replaceAll('**', '>').replaceAll('*', '[^/]*').replaceAll('>', '.*').replaceAll('<', '(.*/)?')}$`,
  );
}
