import base from '../../jest.config.js';

/** The pages in a real browser, on the service as it is built: apart from the other tests, which need no browser. */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/browser'],
  testMatch: ['**/*.browser-spec.ts'],
  maxWorkers: 1,
  testTimeout: 60_000,
};
