import type { BuiltInSource } from '../built-in-source.js';
import { eventNamed } from '../identity.js';
import { readJenkins } from './jenkins.reader.js';

export const jenkins = {
  name: 'jenkins',
  path: 'jenkins/events',
  operation: 'receiveJenkinsEvent',
  sender: 'the Notification plugin of Jenkins',
  headers: [],
  example: {
    name: 'deploy',
    url: 'job/shop/job/deploy/',
    build: {
      full_url: 'https://jenkins.example.com/job/shop/job/deploy/42/',
      number: 42,
      phase: 'COMPLETED',
      status: 'SUCCESS',
      timestamp: 1772452800000,
      duration: 300000,
      scm: {
        url: 'https://git.example.com/acme/shop.git',
        branch: 'origin/main',
        commit: '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8',
      },
      parameters: { DEVOPSTIC_ENVIRONMENT: 'production' },
    },
  },
  /** A notification has no id; one that is tried again is the same. */
  identify: eventNamed('build', 'phase'),
  read: ({ payload }, scope) => readJenkins(payload, scope),
} satisfies BuiltInSource;
