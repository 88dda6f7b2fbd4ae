import { parse } from 'yaml';
import { aCiWorld, RECORDED, type CiWorld } from './support/ci.js';
import { readDocument } from './support/documents.js';
import { runAction } from './support/github-action.js';

describe('the GitHub Action', () => {
  let world: CiWorld;
  beforeAll(async () => {
    world = await aCiWorld();
  });
  afterAll(() => world.close());

  const github = {
    repository: 'acme/shop',
    sha: '6dcb09b5b57875f334f61aebed695e2e4193db5e',
    run_id: '4711',
    run_attempt: '2',
    server_url: 'https://github.com',
  };

  it.each([
    ['success', 'success'],
    ['failure', 'failure'],
    ['cancelled', 'canceled'],
  ])('tells of a job that ended as %s', async (status, expected) => {
    const repository = `acme/${status}`;
    const contexts = { github: { ...github, repository }, job: { status } };
    expect(await runAction({ url: world.url, key: world.key }, contexts)).toEqual(RECORDED);
    expect(await world.stored(repository)).toEqual([
      expect.objectContaining({
        type: 'deploy',
        status: expected,
        environment: 'production',
        commit_id: github.sha,
        deployment_id: '4711-2',
        url: `https://github.com/${repository}/actions/runs/4711`,
        rollback: null,
        rework: null,
      }),
    ]);
  });

  it('takes everything from its inputs', async () => {
    const inputs = {
      url: `${world.url}/`,
      key: world.key,
      environment: 'staging',
      status: 'in_progress',
      pipeline: 'told',
      commit: 'c3',
      commits: 'c1\nc2',
      'deployment-id': 'd1',
      rollback: 'true',
      rework: 'false',
      timestamp: '2026-03-02T10:30:00Z',
      link: 'https://ci.example.com/1',
      'fail-on-error': 'true',
    };
    expect(Object.keys(inputs)).toEqual(Object.keys((parse(readDocument('action.yml')) as { inputs: object }).inputs));
    expect(await runAction(inputs, { github, job: { status: 'success' } })).toEqual(RECORDED);
    expect(await world.stored('told')).toEqual([
      expect.objectContaining({
        environment: 'staging',
        status: 'in_progress',
        commit_id: 'c3',
        commits: ['c1', 'c2'],
        deployment_id: 'd1',
        rollback: true,
        rework: false,
        timestamp: '2026-03-02T10:30:00.000Z',
        url: inputs.link,
      }),
    ]);
  });

  it.each([
    ['false', 0, 'warning'],
    ['true', 1, 'error'],
  ])('with fail-on-error %s ends with %d and an annotation', async (fail, code, level) => {
    const inputs = { url: world.url, key: 'dvo_wrong', 'fail-on-error': fail };
    const ended = await runAction(inputs, { github, job: { status: 'success' } });
    const annotation = new RegExp(`^::${level} title=DevOpstic::The event was not recorded: .* answered 401: .+$`, 'm');
    expect(ended).toEqual({ code, output: expect.stringMatching(annotation) });
  });
});
