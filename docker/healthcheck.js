// The health check of the image, which has no curl: does the service answer at its own port?
import { Config } from '../dist/config/config.js';

const { host, port } = new Config();
// Listening on every address includes this one.
const here = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
try {
  const answer = await fetch(`http://${here}:${port}/health`, { signal: AbortSignal.timeout(4000) });
  console.log(`/health answered ${answer.status}`);
  process.exitCode = answer.ok ? 0 : 1;
} catch (cause) {
  console.log(`/health did not answer: ${cause.cause?.message ?? cause.message}`);
  process.exitCode = 1;
}
