import { GitCheckout } from '../../../test/support/git-checkout.js';
import { Git } from '../../git/git.js';
import { readCommits } from './clone-commits.js';

it('the commits of a clone tell which ones they take back', async () => {
  const git = new GitCheckout();
  try {
    const first = git.commit('Take cards');
    const second = git.commit(`Revert "Take cards"\n\nThis reverts commit ${first}.`);
    const commits = await readCommits(new Git(git.directory), [second], 'main');
    expect([commits.get(second)?.reverts, commits.get(first)?.reverts]).toEqual([[first], undefined]);
  } finally {
    git.remove();
  }
});
