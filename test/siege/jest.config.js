import base from '../../jest.config.js';

// eslint-disable-next-line no-undef -- a script of Node
process.env.DEVOPSTIC_SIEGE_ROUNDS ??= '20';

/** The sieges at length, those included that are too long for every change: npm run test:siege. */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/siege'],
  testMatch: ['**/*.e2e-spec.ts', '**/*.siege-spec.ts'],
  // They take the whole machine, and want to see it busy with one at a time.
  maxWorkers: 1,
};
