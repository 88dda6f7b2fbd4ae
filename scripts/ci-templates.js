// npm run ci-templates: puts ci/send-event.sh into the templates that cannot refer to it. With --check it writes nothing,
// but fails if one of them holds something else.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const GITLAB = 'ci/gitlab.yml';
const SHELL = /^( *)sh <<'END_OF_SCRIPT'\n[^]*?^ *END_OF_SCRIPT\n/m;

const read = (path) => readFileSync(`${ROOT}/${path}`, 'utf8');
const script = read('ci/send-event.sh');
const files = {
  'ci/jenkins/resources/devopstic/send-event.sh': script,
  [GITLAB]: read(GITLAB).replace(SHELL, (_, indentation) => {
    const lines = `sh <<'END_OF_SCRIPT'\n${script}END_OF_SCRIPT\n`;
    return lines.replaceAll(/^(?=.)/gm, indentation);
  }),
};

const check = process.argv.includes('--check');
for (const [path, text] of Object.entries(files)) {
  if (!check) writeFileSync(`${ROOT}/${path}`, text);
  else if (read(path) !== text) {
    console.error(`${path} does not hold ci/send-event.sh: run npm run ci-templates, and commit`);
    process.exitCode = 1;
  }
}
