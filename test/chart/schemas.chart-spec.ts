import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestsIn, OLDEST_KUBERNETES, renderText, run, VALUE_SETS } from './support/helm.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** The oldest that the chart is for, and the newest whose schemas there are. */
const KUBERNETES = [OLDEST_KUBERNETES, '1.37.0'];
/** Of the Prometheus Operator: Kubernetes has no schema for it. */
const WITHOUT_SCHEMA = ['ServiceMonitor'];

const folder = temporaryFolder();
const check = (file: string) =>
  run('kubernetes-validate', ['--strict', ...KUBERNETES.flatMap((version) => ['-k', version]), file]);

it.each(VALUE_SETS)(
  'what is made of %s is what Kubernetes takes, without a field that it does not know',
  async (set) => {
    const text = await renderText(set);
    const file = join(folder, `${set}.yaml`);
    writeFileSync(file, text);
    const { code, stdout } = await check(file);
    const lines = stdout.trim().split('\n');
    const known = manifestsIn(text).filter(({ kind }) => !WITHOUT_SCHEMA.includes(kind));
    expect(lines.filter((line) => !line.startsWith('INFO') && !line.includes('ServiceMonitor'))).toEqual([]);
    expect(lines.filter((line) => line.startsWith('INFO'))).toHaveLength(known.length * KUBERNETES.length);
    expect(code).toBe(0);
  },
);

it('a field that Kubernetes does not know would be found', async () => {
  const file = join(folder, 'misspelt.yaml');
  writeFileSync(file, (await renderText('trial')).replace('automountServiceAccountToken', 'automountToken'));
  const { code, stdout } = await check(file);
  expect(code).toBe(1);
  expect(stdout).toContain('automountToken');
});
