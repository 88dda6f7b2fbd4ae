import { spawnSync } from 'node:child_process';
import { ROOT } from '../../support/documents.js';

/** A build that runs the step in the end. */
export interface Build {
  /** As it stands in a pipeline. */
  call: string;
  /** How the build has ended so far, in Jenkins' words. */
  result: string;
  /** The secrets that Jenkins keeps, by id. */
  credentials: Record<string, string>;
  environment: Record<string, string>;
}

/** What is run in a shell. */
export interface Shell {
  script: string;
  environment: Record<string, string>;
}

/** Runs the step at the end of each of these builds, by Groovy, and gives what each would run. */
export function play(builds: Build[]): Shell[][] {
  const words = [`${ROOT}/test/jenkins/support/jenkins.groovy`, `${ROOT}/ci/jenkins`];
  const { error, status, stdout, stderr } = spawnSync('groovy', words, {
    input: JSON.stringify(builds),
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
  });
  if (error) throw new Error('The tests of the Jenkins library take groovy on the PATH', { cause: error });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Shell[][];
}
