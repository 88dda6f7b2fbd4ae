import { facts } from './support/model/facts.js';
import { metrics } from './support/model/metrics.js';
import { WORKED_CHANGES, WORKED_SUMMARY, workedExample } from './support/worked-example.js';

describe('the model', () => {
  it('gives the worked example of metrics.md', () => {
    const summary = metrics(facts(workedExample()), {
      pipelines: ['shop'],
      from: Date.parse('2026-03-02'),
      to: Date.parse('2026-03-03'),
    });
    expect(summary).toEqual(WORKED_SUMMARY);
  });

  it('carries each change of the worked example with the deployment and spans of metrics.md', () => {
    expect(
      facts(workedExample()).deploymentChanges.map((change) => ({
        commit_id: change.commit_id,
        finished_at: change.finished_at,
        total: change.total_seconds,
        review: change.review_seconds,
        deployment: change.deployment_seconds,
        commit_to_deploy: change.commit_to_deploy_seconds,
      })),
    ).toEqual(WORKED_CHANGES.map((change) => ({ ...change, finished_at: Date.parse(change.finished_at) })));
  });
});
