import { startApp, type TestApp } from './support/app.js';
import { aCommit, aDeploymentStatus, aPullRequest, aPush, sha } from './support/github-payloads.js';
import { GITHUB_SECRET, GithubSender } from './support/github-sender.js';

let app: TestApp;
let github: GithubSender;

beforeEach(async () => {
  app = await startApp({ DEVOPSTIC_GITHUB_WEBHOOK_SECRET: GITHUB_SECRET });
  github = new GithubSender(app.url);
});
afterEach(() => app.close());

type Told = [event: string, payload: unknown];

async function tell(...deliveries: Told[]): Promise<void> {
  for (const [event, payload] of deliveries) {
    expect((await github.send(event, payload)).body).toMatchObject({ outcome: 'recorded' });
  }
}

/** What each deployment carried, with the hours it took; commits by name. */
async function changes(...names: string[]) {
  const rows = await app.dataSource.query<Record<string, unknown>[]>(`
    SELECT commit_id, deployment_id, no_review, left_out, total_seconds / 3600 AS total, review_seconds / 3600 AS review,
      deployment_seconds / 3600 AS deployment, commit_to_deploy_seconds / 3600 AS commit_to_deploy
    FROM devopstic.deployment_changes
    WHERE pipeline_id = 'acme/shop'
    ORDER BY finished_at`);
  return Object.fromEntries(
    names.map((name) => {
      const { commit_id, ...row } = rows.find((one) => one['commit_id'] === sha(name)) ?? {};
      return [name, commit_id === undefined ? null : row];
    }),
  );
}

const deployment = (commit: string, id: number, time: string, state = 'success'): Told => [
  'deployment_status',
  aDeploymentStatus({ commit, id, time, state }),
];
const merge = (as: string): Told => ['pull_request', aPullRequest('closed', { merged: { as, time: '11:00' } })];

/** A branch with two commits, pushed and opened as pull request 7, while the default branch went on. */
const work: Told[] = [
  ['push', aPush({ before: 'older', commits: [aCommit('m0', { time: '07:00' })], time: '07:05' })],
  deployment('m0', 499, '07:30'),
  [
    'push',
    aPush({ ref: 'refs/heads/feature', commits: [aCommit('f1', { time: '08:00' }), aCommit('f2', { time: '08:30' })] }),
  ],
  ['push', aPush({ before: 'm0', commits: [aCommit('m1', { time: '08:45' })], time: '08:50' })],
  ['pull_request', aPullRequest('opened', { created: '09:00' })],
];

const styles: [string, string, Told[], number][] = [
  [
    'a merge commit',
    'm2',
    [
      merge('m2'),
      [
        'push',
        aPush({
          before: 'm1',
          time: '11:00',
          commits: [
            aCommit('f1', { time: '08:00', distinct: false }),
            aCommit('f2', { time: '08:30', distinct: false }),
            aCommit('m2', { time: '11:00', message: 'Merge pull request #7 from acme/feature', by_github: true }),
          ],
        }),
      ],
    ],
    4,
  ],
  [
    'a rebase',
    'r2',
    [
      merge('r2'),
      [
        'push',
        aPush({
          before: 'm1',
          time: '11:00',
          commits: [aCommit('r1', { time: '08:00' }), aCommit('r2', { time: '08:30' })],
        }),
      ],
    ],
    4,
  ],
  // GitHub tells nowhere that f1 is part of the pull request, only f2, its head.
  [
    'a squash',
    's1',
    [
      merge('s1'),
      ['push', aPush({ before: 'm1', time: '11:00', commits: [aCommit('s1', { time: '11:00', by_github: true })] })],
    ],
    3.5,
  ],
];

describe.each(styles)('a pull request merged by %s', (_style, landed, merging, commit_to_deploy) => {
  it('is one change with the lead time from its opening to its deployment', async () => {
    await tell(...work, ...merging, deployment(landed, 500, '11:30', 'in_progress'), deployment(landed, 500, '12:00'));
    const direct = { deployment_id: '500', no_review: true, left_out: null, total: 3.25, review: 0, deployment: 3.25 };
    expect(await changes(landed, 'm1', 'f1', 'f2', 'r1')).toEqual({
      [landed]: {
        deployment_id: '500',
        no_review: false,
        left_out: null,
        total: 3,
        review: 2,
        deployment: 1,
        commit_to_deploy,
      },
      m1: { ...direct, commit_to_deploy: 3.25 },
      f1: null,
      f2: null,
      r1: null,
    });
  });

  it('is the same whatever comes first', async () => {
    await tell(deployment(landed, 500, '12:00'), ...[...work, ...merging].toReversed());
    expect(await changes(landed)).toMatchObject({ [landed]: { total: 3, review: 2, deployment: 1, commit_to_deploy } });
  });
});

describe('a push to the default branch', () => {
  it('makes each of its commits a change, which the deployment of its head carries', async () => {
    const commits = [
      aCommit('c1', { time: '08:00' }),
      aCommit('c2', { time: '09:00' }),
      aCommit('c3', { time: '10:00' }),
    ];
    await tell(
      deployment('m0', 499, '07:30'),
      ['push', aPush({ before: 'm0', commits })],
      deployment('c3', 500, '12:00'),
    );
    expect(await changes('c1', 'c2', 'c3')).toMatchObject({
      c1: { deployment_id: '500', total: 4 },
      c2: { deployment_id: '500', total: 3 },
      c3: { deployment_id: '500', total: 2 },
    });
  });

  it('ships only its first commits if one of them is deployed', async () => {
    await tell(
      deployment('m0', 499, '07:30'),
      ['push', aPush({ before: 'm0', commits: [aCommit('c1'), aCommit('c2'), aCommit('c3')] })],
      deployment('c2', 500, '12:00'),
    );
    expect(await changes('c1', 'c2', 'c3')).toMatchObject({ c1: { total: 4 }, c2: { total: 4 }, c3: null });
  });
});

describe('a release branch that is merged back', () => {
  it('does not make its releases contain what happened on the default branch meanwhile', async () => {
    const hotfix = aCommit('fix', { time: '09:30' });
    await tell(
      deployment('m0', 499, '07:30'),
      ['push', aPush({ before: 'm0', commits: [aCommit('m1'), aCommit('m2')] })],
      ['push', aPush({ ref: 'refs/heads/release', before: 'm0', commits: [hotfix] })],
      deployment('fix', 500, '10:00'),
      [
        'push',
        aPush({
          before: 'm2',
          time: '11:00',
          commits: [{ ...hotfix, distinct: false }, aCommit('back', { time: '10:30' })],
        }),
      ],
    );
    expect(await changes('fix', 'm1', 'm2')).toMatchObject({
      fix: { deployment_id: '500', total: 0.5 },
      m1: null,
      m2: null,
    });
    await tell(deployment('back', 501, '12:00'));
    expect(await changes('m1', 'm2')).toMatchObject({ m1: { deployment_id: '501' }, m2: { deployment_id: '501' } });
  });
});
