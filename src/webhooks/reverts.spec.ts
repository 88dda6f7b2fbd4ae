import { anAzureCommit, anAzurePush, aRefUpdate } from '../../test/support/azure-devops-payloads.js';
import { aCloudChange, aCloudCommit, aCloudPush } from '../../test/support/bitbucket-cloud-payloads.js';
import { aRefsChange, aServerChange, aServerCommit } from '../../test/support/bitbucket-data-center-payloads.js';
import { aGiteaCommit, aGiteaPush } from '../../test/support/gitea-payloads.js';
import { aCommit, aPush, sha } from '../../test/support/github-payloads.js';
import { aCommit as aGitlabCommit, aPush as aGitlabPush } from '../../test/support/gitlab-payloads.js';
import { UNSCOPED } from '../scope/scope.js';
import { readAzureDevops } from './azure-devops/azure-devops.reader.js';
import { readBitbucket } from './bitbucket/bitbucket.reader.js';
import { readGitea } from './gitea/gitea.reader.js';
import { readGithub } from './github/github.reader.js';
import { readGitlab } from './gitlab/gitlab.reader.js';
import { Payload } from './payload.js';
import type { Reading } from './webhook-source.js';

const bitbucket = (event_name: string) => (payload: Payload) =>
  readBitbucket({ event_name, payload, headers: {} }, UNSCOPED);
const cloud = aCloudPush(aCloudChange({ commits: [aCloudCommit('c2'), aCloudCommit('c1')] }));
const server = aRefsChange([aServerChange({ to: 'c2' })], [aServerCommit('c2', []), aServerCommit('c1', [])]);

const PUSHES: [string, object, (payload: Payload) => Reading][] = [
  [
    'GitHub',
    aPush({ commits: [aCommit('c1'), aCommit('c2')] }),
    (payload) => readGithub({ event_name: 'push', payload }, UNSCOPED, 'full_name'),
  ],
  [
    'Gitea',
    aGiteaPush({ commits: [aGiteaCommit('c2'), aGiteaCommit('c1')] }),
    (payload) => readGitea({ event_name: 'push', payload }, UNSCOPED),
  ],
  [
    'GitLab',
    aGitlabPush({ commits: [aGitlabCommit('c1'), aGitlabCommit('c2')] }),
    (payload) => readGitlab(payload, UNSCOPED),
  ],
  ['Bitbucket Cloud', cloud, bitbucket('repo:push')],
  ['Bitbucket Data Center', server, bitbucket('repo:refs_changed')],
  [
    'Azure DevOps',
    anAzurePush([aRefUpdate('c2', 'm0')], [anAzureCommit('c2'), anAzureCommit('c1')]),
    (payload) => readAzureDevops(payload, UNSCOPED),
  ],
];

describe('a push with a commit that reverts another', () => {
  it.each(PUSHES)('of %s tells which one', (_source, payload, read) => {
    const sentence = `This reverts commit ${sha('m0')}.`;
    const pushed = JSON.stringify(payload).replaceAll('Work on c1', `Revert\\n\\n${sentence}`);
    expect(pushed).toContain(sentence);
    const reading = read(new Payload(JSON.parse(pushed)));
    const told = 'events' in reading ? reading.events : [];
    expect(Object.fromEntries(told.map(({ commit_id, reverts }) => [commit_id, reverts]))).toEqual({
      [sha('c1')]: [sha('m0')],
      [sha('c2')]: undefined,
    });
  });
});
