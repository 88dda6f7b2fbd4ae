import { listedFiles } from './listed-files.js';
import { Payload } from './payload.js';

const HEAD = 'h';
const ofCommit = (commit: object, landed?: string) =>
  listedFiles(new Payload({ id: HEAD, message: 'Work', ...commit }), landed);

const MERGED = "Merge branch 'feature'";

describe('the files that a commit of a push changes', () => {
  it('are those that it lists as added, modified or removed', () => {
    const lists = { added: ['a/new'], modified: ['b/old', 'c'], removed: ['a/gone'] };
    expect(ofCommit(lists)).toEqual(['a/new', 'b/old', 'c', 'a/gone']);
    expect(ofCommit(lists, HEAD)).toEqual(['a/new', 'b/old', 'c', 'a/gone']);
    expect(ofCommit({ modified: ['c', 1, null] })).toEqual(['c']);
  });

  it('are not known where it lists none, or as many as are listed at most', () => {
    const many = Array.from({ length: 1500 }, (_, i) => `a/${i}`);
    expect(ofCommit({})).toBeUndefined();
    expect(ofCommit({ added: null, modified: 'a' })).toBeUndefined();
    expect(ofCommit({ added: [], modified: [], removed: [] })).toBeUndefined();
    expect(ofCommit({ added: many, removed: many })).toBeUndefined();
    expect(ofCommit({ message: MERGED, added: many, removed: many }, HEAD)).toBeUndefined();
    expect(ofCommit({ added: many, removed: many.slice(1) })).toHaveLength(2999);
    expect(ofCommit({ message: MERGED })).toBeUndefined();
  });

  it('are, of a merge, what it brought to the default branch, and else none', () => {
    const merge = { message: MERGED, added: [], modified: ['a'], removed: [] };
    expect(ofCommit(merge, HEAD)).toEqual(['a']);
    expect(ofCommit({ ...merge, modified: [] }, HEAD)).toEqual([]);
    expect(ofCommit(merge, 'later')).toEqual([]);
    expect(ofCommit(merge)).toEqual([]);
  });

  it.each([
    'Merge pull request #7 from acme/feature',
    "Merge pull request 'Take cards' (#7) from feature into main",
    "Merge branch 'main' of https://example.com/acme/shop into feature",
    "Merge branches 'a' and 'b'",
    "Merge remote-tracking branch 'origin/main'",
    "Merge tag 'v1'",
    "Merge commit 'abc'",
  ])('are none of %j', (message) => {
    expect(ofCommit({ message, modified: ['a'] })).toEqual([]);
  });

  it.each(['Merge the two carts', 'Merged', 'Mend the merge', 'Add search (#7)'])('are its own, of %j', (message) => {
    expect(ofCommit({ message, modified: ['a'] })).toEqual(['a']);
  });
});
