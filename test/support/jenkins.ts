import { at, sha } from './github-payloads.js';

export interface JenkinsBuild {
  number?: number;
  phase?: string;
  status?: string | null;
  time?: string;
  minutes?: number;
  /** The name of the commit; null: none is known. */
  commit?: string | null;
  branch?: string;
  repository?: string;
  parameters?: Record<string, string>;
}

/** What the Notification plugin tells of a build on 2026-03-02, by default one that has deployed to production. */
export function aBuild(build: JenkinsBuild = {}) {
  const { number = 42, phase = 'COMPLETED', status = 'SUCCESS', time = '12:00', commit = 'm' } = build;
  return {
    name: 'deploy',
    display_name: 'Deploy',
    url: 'job/shop/job/deploy/',
    build: {
      full_url: `https://jenkins.example.com/job/shop/job/deploy/${number}/`,
      number,
      queue_id: 1000 + number,
      timestamp: Date.parse(at(time)),
      duration: (build.minutes ?? 5) * 60_000,
      phase,
      ...(status === null ? {} : { status }),
      url: `job/shop/job/deploy/${number}/`,
      scm: {
        url: `https://git.example.com/${build.repository ?? 'acme/shop'}.git`,
        branch: build.branch ?? 'origin/main',
        ...(commit === null ? {} : { commit: sha(commit) }),
        changes: [],
        culprits: [],
      },
      parameters: build.parameters ?? { DEVOPSTIC_ENVIRONMENT: 'production' },
      log: '',
      notes: '',
      artifacts: {},
    },
  };
}
