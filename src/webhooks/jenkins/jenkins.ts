import { webhookController } from '../webhook-controller.js';
import { JenkinsSource } from './jenkins.source.js';

const controller = webhookController(JenkinsSource, {
  path: 'jenkins/events',
  operation: 'receiveJenkinsEvent',
  sender: 'the Notification plugin of Jenkins',
  proof: 'api_key',
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
});

export const jenkins = { source: JenkinsSource, controller };
