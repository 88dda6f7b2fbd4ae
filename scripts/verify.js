// npm run verify: from a fresh clone to the result of all tests. What follows `--` is passed on to jest.
import { install, npm } from './install.js';

console.log('Installs everything and runs all tests: about ten minutes on two cores.');
install();
npm('test', '--', ...process.argv.slice(2));
