/** Written as ES modules and required by others, which jest cannot do on Node 20. */
const REQUIRED_ES_MODULES = '(content-disposition|cookie)/';

/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/test/support/environment.mjs',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts', '**/*.e2e-spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  // Sources import './x.js', as Node will see it; the tests read the TypeScript beside it.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': '@swc/jest',
    [`/node_modules/${REQUIRED_ES_MODULES}`]: ['@swc/jest', { swcrc: false, module: { type: 'commonjs' } }],
  },
  transformIgnorePatterns: [`/node_modules/(?!${REQUIRED_ES_MODULES})`],
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  testTimeout: 60_000,
  // They wait for Postgres, for programs that they start and for time to pass: three at a time keep two cores busy.
  maxWorkers: 3,
  // What a file has loaded stays in memory after it: the more there is, the longer each collection takes.
  workerIdleMemoryLimit: '700MB',
};
