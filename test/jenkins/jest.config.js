import base from '../../jest.config.js';

/** The step of the Jenkins library, run by Groovy itself: apart from the other tests, which need none. */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/jenkins'],
  testMatch: ['**/*.jenkins-spec.ts'],
};
