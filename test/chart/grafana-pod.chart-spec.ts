import { appendFileSync, cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DASHBOARDS, grafanaIn, PROVISIONING } from './support/grafana.js';
import { CHART, helm, manifestsIn, render, run } from './support/helm.js';
import { temporaryFolder } from '../support/temporary-folder.js';

it('the role is made as the user of the image that makes it', async () => {
  const { role, pod } = grafanaIn(await render('grafana'));
  expect([role.securityContext.runAsUser, pod.spec.securityContext.runAsUser]).toEqual([1000, 472]);
});

it('Grafana is started anew when a data source, a rule or a provider changes, and not for a dashboard', async () => {
  const copy = temporaryFolder();
  cpSync(CHART, copy, { recursive: true, dereference: true });
  const sum = async (): Promise<string | undefined> => {
    const manifests = manifestsIn(await helm('template', 'shop', copy, '--set', 'grafana.enabled=true'));
    return grafanaIn(manifests).pod.metadata.annotations?.['checksum/provisioning'];
  };
  const sums = [await sum()];
  for (const kind of readdirSync(PROVISIONING)) {
    appendFileSync(join(copy, 'grafana/provisioning', kind, 'devopstic.yaml'), '# changed\n');
    sums.push(await sum());
  }
  expect(new Set(sums).size).toBe(4);
  appendFileSync(join(copy, 'grafana/dashboards', readdirSync(DASHBOARDS)[0] ?? ''), '\n');
  expect(await sum()).toBe(sums.at(-1));
});

it('Grafana runs as the user of its image, to whom its volume is given', async () => {
  expect(grafanaIn(await render('grafana')).pod.spec.securityContext).toEqual({
    runAsNonRoot: true,
    runAsUser: 472,
    runAsGroup: 472,
    fsGroup: 472,
    seccompProfile: { type: 'RuntimeDefault' },
  });
});

it('a chart without Grafana’s files says so, and still installs without Grafana', async () => {
  const copy = temporaryFolder();
  cpSync(CHART, copy, { recursive: true, verbatimSymlinks: true });
  rmSync(join(copy, 'grafana'), { recursive: true });
  const { code, stderr } = await run('helm', ['template', 'shop', copy, '--set', 'grafana.enabled=true']);
  expect([code, stderr]).toEqual([1, expect.stringContaining("The chart lacks Grafana's files")]);
  expect(await helm('template', 'shop', copy)).toContain('kind: Deployment');
});
