import { aCiWorld, RECORDED, runScript, type CiWorld } from '../support/ci.js';
import { blocks, readDocument, section } from '../support/documents.js';
import { play, type Build, type Shell } from './support/jenkins.js';

const PAGE = section(readDocument('doc/ci.md'), '## Jenkins');
const COMMIT = '83baae61804e65cc73a7201a7252750c76066a30';

describe('devopsticEvent, in Jenkins', () => {
  let world: CiWorld;
  beforeAll(async () => {
    world = await aCiWorld();
  });
  afterAll(() => world.close());

  const aBuild = (job: string, build: Partial<Build> = {}): Build => ({
    call: 'devopsticEvent()',
    result: 'SUCCESS',
    credentials: { 'devopstic-key': world.key },
    environment: {
      DEVOPSTIC_URL: world.url,
      JOB_NAME: job,
      GIT_COMMIT: COMMIT,
      BUILD_TAG: `jenkins-${job}-1`,
      BUILD_URL: `https://jenkins.example.com/job/${job}/1/`,
    },
    ...build,
  });

  /** Runs the step at the end of these builds, and what it runs in turn, as an agent does. */
  async function send(...builds: Build[]): Promise<Shell[]> {
    const shells = play(builds).flat();
    expect(shells).toHaveLength(builds.length);
    for (const { script, environment } of shells) expect(await runScript(script, environment)).toEqual(RECORDED);
    return shells;
  }

  it('tells how a build has ended, and of what', async () => {
    const results = ['SUCCESS', 'FAILURE', 'UNSTABLE', 'NOT_BUILT', 'ABORTED'];
    await send(...results.map((result) => aBuild(`billing-${result}`, { result })));
    const stored = await Promise.all(results.map((result) => world.stored(`billing-${result}`)));
    const told = ['success', 'failure', 'failure', 'failure', 'canceled'].map((status, index) => [
      expect.objectContaining({
        type: 'deploy',
        status,
        environment: 'production',
        commit_id: COMMIT,
        deployment_id: `jenkins-billing-${results[index]}-1`,
        url: `https://jenkins.example.com/job/billing-${results[index]}/1/`,
      }),
    ]);
    expect(stored).toEqual(told);
  });

  it('is called as doc/ci.md shows', async () => {
    const [pipeline = ''] = blocks(PAGE, 'groovy');
    const [whole = ''] = /devopsticEvent\(.*\)/.exec(pipeline) ?? [];
    const [staging = '', keyed = ''] = [...PAGE.matchAll(/`(devopsticEvent\(.*?\))`/g)].map(([, call]) => call);
    const credentials = { 'devopstic-key': 'dvo_wrong', 'another-key': world.key };
    await send(
      aBuild('shown-1', { call: whole }),
      aBuild('shown-2', { call: staging }),
      aBuild('shown-3', { call: keyed, credentials }),
    );
    expect(await world.stored('shown-1')).toMatchObject([{ environment: 'production', rollback: null }]);
    expect(await world.stored('shown-2')).toMatchObject([{ environment: 'staging', rollback: true }]);
    expect(await world.stored('shown-3')).toMatchObject([{ environment: 'staging' }]);
  });

  it('takes any field, joins lists, and leaves out what is null', async () => {
    const fields =
      "status: 'failure', commits: ['c1', 'c2'], commit_id: 'c3', author: null, pipeline_id: \"of ${1 + 1}\"";
    await send(aBuild('told', { call: `devopsticEvent(${fields}, url: 'https://ci.example.com/?a=b')` }));
    expect(await world.stored('of 2')).toMatchObject([
      {
        status: 'failure',
        commit_id: 'c3',
        commits: ['c1', 'c2'],
        author: null,
        deployment_id: 'jenkins-told-1',
        url: 'https://ci.example.com/?a=b',
      },
    ]);
  });

  it('gives the key to the script alone, which Jenkins runs without a trace', async () => {
    const [{ script, environment }] = (await send(aBuild('secret'))) as [Shell];
    const { DEVOPSTIC_KEY: key, ...others } = environment;
    expect(key).toBe(world.key);
    expect(script + JSON.stringify(others)).not.toContain(world.key);
    // Without it, Jenkins would run the script with -x.
    expect(script.split('\n')[0]).toBe('#!/bin/sh');
  });
});
