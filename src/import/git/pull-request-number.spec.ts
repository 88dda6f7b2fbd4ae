import { pullRequestNumber } from './pull-request-number.js';

describe('the number of a pull request', () => {
  it.each([
    ['Merge pull request #12 from acme/feature\n\nAdd search', 12],
    ['Add search (#12)\n\n* One\n* Two (#3)', 12],
    ['Revert "Add search (#12)" (#13)', 13],
    ["Merge branch 'feature' into 'main'\n\nAdd search\n\nSee merge request acme/tools/shop!12", 12],
    ['Add search\n\nSee merge request !12', 12],
    ['Merged PR 12: Add search', 12],
    ['Merged in feature (pull request #12)\n\nAdd search', 12],
    ['Add search (#12)\r\n\r\nMore', 12],
  ])('is read from %j', (message, number) => {
    expect(pullRequestNumber(message)).toBe(number);
  });

  it.each([
    ['Add search'],
    ['Revert "Add search (#12)"'],
    ['Mend #12'],
    ['Mend (#12) at last'],
    ['Add search\n\nas in (#12)'],
    ['Add search\n\nas we wrote: See merge request acme/shop!12'],
    ['Merge pull request #0 from acme/feature'],
    ['Add search (#99999999999999999999)'],
    [''],
  ])('is not read from %j', (message) => {
    expect(pullRequestNumber(message)).toBeUndefined();
  });
});
