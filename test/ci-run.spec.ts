import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './support/documents.js';
import { temporaryFolder } from './support/temporary-folder.js';

/** What any machine has; whatever else .ci/run asks for is not to be found. */
const EVERYWHERE = ['sh', 'cat', 'dirname', 'mktemp', 'rm', 'mkdir', 'id', 'nice'];
/** Writes the report of one test that passed, where jest would. */
const NPM = `#!/bin/sh
for word; do
  case $word in
    --outputFile=*) echo '{"numPassedTests": 1, "numFailedTests": 0, "numRuntimeErrorTestSuites": 0}' >"\${word#*=}" ;;
  esac
done
`;

const placeOf = (program: string): string =>
  execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();

describe('.ci/run, on a machine without the tools that npm does not have', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
    cpSync(`${ROOT}/.ci`, join(folder, '.ci'), { recursive: true });
    mkdirSync(join(folder, 'bin'));
    for (const name of EVERYWHERE) symlinkSync(placeOf(name), join(folder, 'bin', name));
    symlinkSync(process.execPath, join(folder, 'bin/node'));
    program('npm', NPM);
    // Of .ci/count.js: there is no package.json here that says so.
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  });

  function program(name: string, script = '#!/bin/sh\n'): void {
    writeFileSync(join(folder, 'bin', name), script);
    chmodSync(join(folder, 'bin', name), 0o755);
  }
  const run = (environment: Record<string, string> = {}) =>
    spawnSync('/bin/sh', ['.ci/run'], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: join(folder, 'bin'), HOME: folder, CHROMIUM: join(folder, 'bin/chromium'), ...environment },
    });
  const skipped = (output: string): string[] => output.split('\n').filter((line) => line.startsWith('== SKIPPED'));

  it('says what it skips, and passes', () => {
    const { status, stdout } = run();
    expect(skipped(stdout)).toEqual([
      expect.stringContaining('no Chromium'),
      expect.stringContaining('no Groovy'),
      expect.stringContaining('the image is not tested'),
      expect.stringContaining('no linters'),
      expect.stringContaining('neither Helm nor a Go'),
    ]);
    expect([status, stdout.trim().split('\n').at(-1)]).toEqual([0, '1 passed, 0 failed']);
  });

  it('fails with CI=true, for each that is missing', () => {
    const { status, stdout } = run({ CI: 'true' });
    expect([status, skipped(stdout).length]).toEqual([1, 5]);
    expect(stdout.match(/^FAILED: skipped: /gm)).toHaveLength(5);
  });

  it('runs with CI=true what the tools that are there are for', () => {
    for (const name of ['chromium', 'groovy', 'hadolint', 'shellcheck', 'check-jsonschema', 'helm']) program(name);
    const { status, stdout } = run({ CI: 'true' });
    const [image, validator] = skipped(stdout);
    expect([status, image, validator]).toEqual([
      1,
      expect.stringContaining('the image'),
      expect.stringContaining('no kubernetes-validate'),
    ]);
    expect(stdout).toMatch(/^4 passed, 0 failed$/m);
  });

  it.each(['run --silent lint', 'run --silent bench:built -- --quick', 'run --silent openapi:check'])(
    'fails when a step does, as npm %s, and goes on to the count',
    (words) => {
      program('npm', `${NPM}[ "$*" != '${words}' ]\n`);
      const { status, stdout } = run();
      expect([status, stdout.trim().split('\n').slice(-2)]).toEqual([
        1,
        [`FAILED: npm ${words}`, '1 passed, 0 failed'],
      ]);
    },
  );
});
