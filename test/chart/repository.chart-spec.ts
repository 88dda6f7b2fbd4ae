import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse } from 'yaml';
import { CHART, helm, OLDEST_KUBERNETES, renderText, ROOT, run, valuesFile } from './support/helm.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** A static web server, as any is. */
async function serve(folder: string): Promise<Server> {
  const server = createServer(({ url = '' }, response) => {
    const name = url.slice(1);
    if (readdirSync(folder).includes(name)) response.end(readFileSync(join(folder, name)));
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('the chart, packed', () => {
  const folder = temporaryFolder();
  let server: Server;
  beforeAll(async () => {
    const { code, stderr } = await run('npm', ['run', '--silent', 'chart:package', '--', '--folder', folder]);
    if (code !== 0) throw new Error(stderr);
    server = await serve(folder);
    await helm('repo', 'add', 'packed', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterAll(() => server.close());

  it('is found in a repository', async () => {
    const found = parse(await helm('search', 'repo', 'devopstic', '--output', 'yaml')) as object[];
    const { version, appVersion } = parse(readFileSync(join(CHART, 'Chart.yaml'), 'utf8')) as Record<string, string>;
    expect(found).toMatchObject([{ name: 'packed/devopstic', version, app_version: appVersion }]);
  });

  it.each(['external', 'grafana-external'])('makes the same of %s as the folder does', async (set) => {
    const words = ['-f', valuesFile(set), '--kube-version', OLDEST_KUBERNETES];
    expect(await helm('template', 'shop', 'packed/devopstic', ...words)).toBe(await renderText(set));
  });

  it('has the files themselves, and nothing that is not its own', async () => {
    const pulled = temporaryFolder();
    await helm('pull', 'packed/devopstic', '--untar', '--untardir', pulled);
    const difference = await run('diff', ['--recursive', '--brief', join(pulled, 'devopstic'), CHART]);
    // Chart.yaml is written anew by Helm: without its comments.
    expect(difference.stdout.trim().split('\n')).toEqual([expect.stringMatching(/Chart\.yaml differ$/)]);
    const links = readdirSync(join(pulled, 'devopstic/grafana'), { withFileTypes: true });
    expect(links.map((entry) => [entry.name, entry.isDirectory()])).toEqual([
      ['dashboards', true],
      ['provisioning', true],
    ]);
  });

  it('says where it is, if that is told', async () => {
    const copy = temporaryFolder();
    cpSync(folder, copy, { recursive: true });
    const words = ['scripts/chart-package.js', '--folder', copy, 'https://charts.example.com'];
    execFileSync(process.execPath, words, { cwd: ROOT, stdio: 'pipe' });
    const index = parse(readFileSync(join(copy, 'index.yaml'), 'utf8')) as { entries: { devopstic: object[] } };
    expect(index.entries.devopstic).toMatchObject([
      { urls: [expect.stringMatching(/^https:\/\/charts\.example\.com\//)] },
    ]);
  });
});
