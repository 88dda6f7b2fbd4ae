import base from '../../jest.config.js';

/** The image, built and run from its Dockerfile by hand: apart from the other tests, since it installs everything anew. */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/image'],
  testMatch: ['**/*.image-spec.ts'],
  maxWorkers: 1,
  testTimeout: 600_000,
};
