import base from '../../jest.config.js';

/** The Helm chart, rendered by Helm itself: apart from the other tests, which need no Helm. */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/chart'],
  testMatch: ['**/*.chart-spec.ts'],
  testTimeout: 60_000,
};
