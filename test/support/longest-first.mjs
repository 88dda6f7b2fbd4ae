import Sequencer from '@jest/test-sequencer';

/** Those that take longest where nothing was measured yet, as in a fresh clone: begun last, one core would wait for them. */
const LONGEST = [
  'embedded',
  'law',
  'cli-user',
  'import-github',
  'start',
  'event-commits',
  'cli-doctor',
  'sources',
  'stop',
  'import-file',
  'ending',
].map((name) => `/test/${name}.e2e-spec.ts`);

export default class LongestFirst extends Sequencer {
  async sort(tests) {
    const rank = ({ path }) => [...LONGEST, ''].findIndex((end) => path.endsWith(end));
    // oxlint-disable-next-line unicorn/no-array-sort -- It is the sequencer's own, not an array's.
    return (await super.sort(tests)).toSorted((one, other) => rank(one) - rank(other));
  }
}
