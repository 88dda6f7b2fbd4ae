import { anAzurePullRequest } from '../../test/support/azure-devops-payloads.js';
import {
  aCloudChange,
  aCloudCommit,
  aCloudPullRequest,
  aCloudPush,
} from '../../test/support/bitbucket-cloud-payloads.js';
import { aServerPullRequest } from '../../test/support/bitbucket-data-center-payloads.js';
import { aGiteaPullRequest } from '../../test/support/gitea-payloads.js';
import { aPullRequest, sha } from '../../test/support/github-payloads.js';
import { aMergeRequest } from '../../test/support/gitlab-payloads.js';
import { NO_RULES } from '../scope/no-rules.js';
import { Scope, UNSCOPED } from '../scope/scope.js';
import { readAzureDevops } from './azure-devops/azure-devops.reader.js';
import { readBitbucket } from './bitbucket/bitbucket.reader.js';
import { readGitea } from './gitea/gitea.reader.js';
import { readGithub } from './github/github.reader.js';
import { readGitlab } from './gitlab/gitlab.reader.js';
import { Payload } from './payload.js';
import type { Reading } from './webhook-source.js';

type Read = (payload: Payload, scope: Scope) => Reading;

const merged = { as: 'm', time: '11:00' };
const event_name = 'pull_request';
const bitbucket =
  (key: string): Read =>
  (payload, scope) =>
    readBitbucket({ event_name: key, payload, headers: {} }, scope);
const byPush = aCloudPush(
  aCloudChange({ commits: [aCloudCommit('m', { message: 'Merged in feature (pull request #7)' })] }),
);

/** Merges of the branch `feature`, by the labels that they have. */
const LABELED: [string, (labels: string[]) => object, Read][] = [
  [
    'GitHub',
    (labels) => aPullRequest('closed', { merged, labels }),
    (payload, scope) => readGithub({ event_name, payload }, scope, 'full_name'),
  ],
  [
    'Gitea',
    (labels) => aGiteaPullRequest('closed', { merged, labels }),
    (payload, scope) => readGitea({ event_name, payload }, scope),
  ],
  ['GitLab', (labels) => aMergeRequest('merge', { labels }), readGitlab],
  ['Azure DevOps', (labels) => anAzurePullRequest('updated', { status: 'completed', labels }), readAzureDevops],
];
const UNLABELED: typeof LABELED = [
  [
    'Bitbucket Cloud',
    () => aCloudPullRequest({ state: 'MERGED', merged: sha('m') }),
    bitbucket('pullrequest:fulfilled'),
  ],
  ['Bitbucket Cloud, by its push', () => byPush, bitbucket('repo:push')],
  ['Bitbucket Data Center', () => aServerPullRequest('pr:merged', { state: 'MERGED' }), bitbucket('pr:merged')],
];

function approvalIn(reading: Reading) {
  return 'events' in reading ? reading.events.find(({ type }) => type === 'approve') : undefined;
}

describe('what is merged', () => {
  it.each([...LABELED, ...UNLABELED])('at %s is rework if its branch is one for that', (_source, merge, read) => {
    const from = (branch: string) => new Payload(JSON.parse(JSON.stringify(merge([])).replaceAll('feature', branch)));
    const scope = new Scope({ ...NO_RULES, rework_branches: ['mend/**'] });
    expect(approvalIn(read(from('mend/cards'), scope))).toMatchObject({ rework: true });
    expect(approvalIn(read(from('feature'), scope))).toBeDefined();
    expect(approvalIn(read(from('feature'), scope))).not.toHaveProperty('rework');
  });

  it.each(LABELED)('at %s is rework if a label says so', (_source, merge, read) => {
    expect(approvalIn(read(new Payload(merge(['bug', 'Hotfix'])), UNSCOPED))).toMatchObject({ rework: true });
    expect(approvalIn(read(new Payload(merge(['bug'])), UNSCOPED))).toBeDefined();
    expect(approvalIn(read(new Payload(merge(['bug'])), UNSCOPED))).not.toHaveProperty('rework');
  });
});
