import { type HistoryCommit, trunkOf } from './history-commit.js';
import { Landings } from './landings.js';

const START = Date.parse('2026-03-02T00:00:00Z') / 1000;

/** Commits by name with their parents, each an hour after the one before. */
function historyOf(parents: Record<string, string>): Map<string, HistoryCommit> {
  const commits = Object.entries(parents).map(([sha, told], hour): HistoryCommit => {
    const all = told.split(' ').filter((parent) => parent !== '');
    const committed_at = START + hour * 3600;
    return { sha, parents: all, trunk: all[0], committed_at, author: undefined, url: undefined };
  });
  return new Map(commits.map((commit) => [commit.sha, commit]));
}

/** With which head and in which hour each landed. */
function landed(landings: Landings, names: string): Record<string, string> {
  return Object.fromEntries(
    names.split(' ').map((name) => {
      const landing = landings.of(name);
      return [name, landing ? `${landing.head} ${(Number(landing.at) - START) / 3600}` : 'not'];
    }),
  );
}

describe('how commits landed', () => {
  const history = historyOf({ a: '', b: 'a', f: 'a', g: 'f', m: 'b g', c: 'm', x: 'b' });

  it('is one by one on the branch itself, and with the merge for what that brought', () => {
    expect(landed(new Landings(history, 'c'), 'a b f g m c x')).toEqual({
      a: 'a 0',
      b: 'b 1',
      f: 'm 4',
      g: 'm 4',
      m: 'm 4',
      c: 'c 5',
      x: 'not',
    });
  });

  it('is with the head of a push where that is known', () => {
    const at = (hour: number) => START + hour * 3600;
    const pushes = [
      { before: 'a', after: 'b', at: at(7) },
      { before: 'b', after: 'c', at: at(8) },
    ];
    expect(landed(new Landings(history, 'c', pushes), 'a b f m c')).toEqual({
      a: 'a 0',
      b: 'b 7',
      f: 'c 8',
      m: 'c 8',
      c: 'c 8',
    });
  });

  it('is as for none where a push is of commits that nobody knows', () => {
    const pushes = [{ before: 'gone', after: 'away', at: START }];
    expect(landed(new Landings(history, 'c', pushes), 'b c')).toEqual({ b: 'b 1', c: 'c 5' });
  });

  it('ends, though commits follow each other in a circle', () => {
    expect(landed(new Landings(historyOf({ a: 'b', b: 'a' }), 'a'), 'a b')).toEqual({ a: 'b 1', b: 'b 1' });
  });
});

describe('the default branch', () => {
  it.each([
    ["Merge branch 'main' of https://example.com/acme/shop", 'theirs'],
    ["Merge remote-tracking branch 'origin/main'", 'theirs'],
    ["Merge branch 'main' into feature", 'theirs'],
    ["Merge branch 'maintenance'", 'mine'],
    ["Merge branch 'feature'", 'mine'],
    ['Merge pull request #7 from acme/main', 'mine'],
    ['Work', 'mine'],
  ])('was, before %j, at %s', (message, trunk) => {
    expect(trunkOf(['mine', 'theirs'], message, 'main')).toBe(trunk);
  });
});
