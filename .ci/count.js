// Prints how many tests passed and failed, from jest's report; a file of tests that could not run counts as one failed.
import { readFileSync } from 'node:fs';

const text = readFileSync(process.argv[2], 'utf8');
const report = text === '' ? { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 1 } : JSON.parse(text);
const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
process.exitCode = failed > 0 || report.numPassedTests === 0 ? 1 : 0;
console.log(`${report.numPassedTests} passed, ${failed} failed`);
