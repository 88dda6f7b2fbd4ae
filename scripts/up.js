// npm run up: from a fresh clone to a running service. What follows `--` is passed on, as in `npm run up -- serve --help`.
import { install, npm } from './install.js';

install();
npm('run', '--silent', 'build');
// In this process, so that a signal reaches the service itself.
await import('../dist/main.js');
