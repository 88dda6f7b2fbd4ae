import { sha } from '../../../test/support/github-payloads.js';
import { commitOf } from './github-history.js';

it('a commit of the REST API tells which ones it takes back', () => {
  const told = (message: string) =>
    commitOf(
      {
        sha: sha('c1'),
        commit: { message, author: { name: 'Ada' }, committer: { date: '2026-03-02T08:00:00Z' } },
        parents: [],
      },
      'main',
    ).reverts;
  expect([told(`Revert "m"\n\nThis reverts commit ${sha('m')}.`), told('Work')]).toEqual([[sha('m')], undefined]);
});
