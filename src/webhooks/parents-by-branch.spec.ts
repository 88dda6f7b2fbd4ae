import { parentsByBranch, type Push } from './parents-by-branch.js';

/** The newest first, as most list them; a commit named `merge…` is one. */
function parentsIn(commits: string[], push: Partial<Push> = {}) {
  return Object.fromEntries(
    parentsByBranch({
      commits: commits.map((id) => ({ id, is_merge: id.startsWith('merge') })),
      complete: true,
      head: commits[0] ?? '',
      before: 'b0',
      to_default_branch: false,
      ...push,
    }),
  );
}

describe('a push that tells neither parents nor whether it was forced', () => {
  it('to the default branch has a head that contains all of it and what was there before', () => {
    const push = { to_default_branch: true };
    expect(parentsIn(['c3', 'c2', 'c1'], push)).toEqual({ c3: ['b0', 'c1', 'c2'] });
    expect(parentsIn(['c1'], push)).toEqual({ c1: ['b0'] });
  });

  it('that makes the default branch has nothing before it', () => {
    expect(parentsIn(['c2', 'c1'], { to_default_branch: true, before: '0000' })).toEqual({ c2: ['c1'] });
  });

  it('to another branch is a chain that begins nowhere', () => {
    expect(parentsIn(['c3', 'c2', 'c1'])).toEqual({ c1: [], c2: ['c1'], c3: ['c2'] });
  });

  it('to another branch is no chain with a merge, with commits that are not listed, or if the branch is new', () => {
    expect(parentsIn(['merge1', 'c1'])).toEqual({ merge1: ['c1'] });
    expect(parentsIn(['c2', 'c1'], { complete: false })).toEqual({ c2: ['c1'] });
    expect(parentsIn(['c2', 'c1'], { before: '0000' })).toEqual({ c2: ['c1'] });
  });

  it('may list the oldest first', () => {
    expect(parentsIn(['c1', 'c2', 'c3'], { head: 'c3' })).toEqual({ c1: [], c2: ['c1'], c3: ['c2'] });
  });
});
