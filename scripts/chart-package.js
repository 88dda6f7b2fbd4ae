// npm run chart:package [-- <url>]: packs the chart into dist-chart/, with an index, ready to be served as a repository.
// The URL is where the folder will be; without it the index names the packages relative to itself.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { folder: { type: 'string', default: 'dist-chart' } },
  allowPositionals: true,
});
const [url] = positionals;

function helm(...words) {
  const { error, status } = spawnSync('helm', words, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) {
    console.error('To pack the chart, put helm on the PATH: https://helm.sh/docs/intro/install');
    process.exit(1);
  }
  if (status !== 0) process.exit(status ?? 1);
}

helm('package', 'helm', '--destination', values.folder);
helm('repo', 'index', values.folder, ...(url ? ['--url', url] : []));
console.log(`${values.folder} is a chart repository, once it is served: see helm/README.md`);
