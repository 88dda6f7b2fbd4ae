import type * as page from '../../src/dashboard/page/api/answers.js';
import type { DeploymentPage } from '../../src/deployments/deployment.view.js';
import type { IncidentPage } from '../../src/incidents/incident.view.js';
import type { PipelinesView, SeriesView, SummaryView } from '../../src/metrics/dora.view.js';
import { EXPLAIN_EXAMPLE, SERIES_EXAMPLE, SUMMARY_EXAMPLE } from '../../src/metrics/examples.js';
import type { ExplainView } from '../../src/metrics/explain.view.js';
import type { PipelinePage } from '../../src/pipelines/pipeline.view.js';

/** What is left of a value once it has been JSON. */
type Json<T> = T extends Date ? string : T extends object ? { [Name in keyof T]: Json<T[Name]> } : T;

/** Does not compile once the service answers anything that the page reads differently. */
function reads<Page>(answer: Page): Page {
  return answer;
}

const READ = {
  summary: (answer: Json<SummaryView>) => reads<page.Summary>(answer),
  series: (answer: Json<SeriesView>) => reads<page.Series>(answer),
  compared: (answer: Json<PipelinesView>) => reads<page.Page<page.PipelineMetrics>>(answer),
  explanation: (answer: Json<ExplainView>) => reads<page.Explanation>(answer),
  pipelines: (answer: Json<PipelinePage>) => reads<page.Page<page.Pipeline>>(answer),
  deployments: (answer: Json<DeploymentPage>) => reads<page.Page<page.Deployment>>(answer),
  incidents: (answer: Json<IncidentPage>) => reads<page.Page<page.Incident>>(answer),
};

it('the page reads the answers as the service writes them', () => {
  expect(READ.summary(SUMMARY_EXAMPLE).lead_time.total.median).toBe(79_200);
  expect(READ.series(SERIES_EXAMPLE).items).toHaveLength(1);
  expect(READ.explanation(EXPLAIN_EXAMPLE).used).toBe(55);
});
