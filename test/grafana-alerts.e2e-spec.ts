import { startApp, type TestApp } from './support/app.js';
import { readAlertRules } from './support/dashboards.js';
import { aReader, type Reader } from './support/reader.js';
import { sendBatch } from './support/sending.js';

const DAY = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY).toISOString();

describe('the alert rules', () => {
  let app: TestApp;
  let reader: Reader;
  beforeAll(async () => {
    app = await startApp();
    reader = await aReader(app);
  });
  afterAll(async () => {
    await reader.close();
    await app.close();
  });

  /** What a rule fires for: the labels of the rows whose number is over its threshold. */
  async function firing(uid: string): Promise<string[]> {
    const rule = readAlertRules().find((one) => one.uid === uid);
    const [query, threshold] = rule?.data ?? [];
    const { fields, rows } = await reader.query(query?.model.rawSql ?? '');
    const value = fields.length - 1;
    const above = threshold?.model.conditions?.[0]?.evaluator.params[0] ?? Number.NaN;
    return rows.filter((row) => Number(row[value]) > above).map((row) => row.slice(0, value).join(' '));
  }

  const deployed = (pipeline_id: string, days: number, more = {}) => ({
    id: `${pipeline_id} ${days}`,
    type: 'deploy' as const,
    pipeline_id,
    environment: 'production',
    status: 'success' as const,
    commit_id: 'c1',
    timestamp: daysAgo(days),
    ...more,
  });
  const incident = (incident_id: string, status: 'success' | 'failure', days: number) => ({
    id: `${incident_id} ${days}`,
    type: 'incident_status_change' as const,
    pipeline_id: 'shop',
    incident_id,
    status,
    timestamp: daysAgo(days),
  });

  it('miss a deployment after a week, of a pipeline that is in use', async () => {
    await sendBatch(app, [
      deployed('busy', 2),
      deployed('quiet', 10),
      deployed('retired', 100),
      deployed('only tried', 10, { status: 'failure' }),
      deployed('elsewhere', 10, { environment: 'staging' }),
    ]);
    expect(await firing('devopstic-no-deployment')).toEqual(['quiet']);
  });

  it('tell a failure rate over 15 %, if there are enough deployments to tell', async () => {
    const many = (pipeline_id: string, failures: number, count: number) =>
      Array.from({ length: count }, (_, index) =>
        deployed(pipeline_id, 3 + index / 10, { status: index < failures ? 'failure' : 'success' }),
      );
    await sendBatch(app, [...many('failing', 2, 10), ...many('sound', 1, 10), ...many('too few', 2, 4)]);
    expect(await firing('devopstic-failure-rate')).toEqual(['failing']);
  });

  it('tell an incident that is open for more than a day', async () => {
    await sendBatch(app, [
      incident('long', 'failure', 2),
      incident('recent', 'failure', 0.5),
      incident('over', 'failure', 3),
      incident('over', 'success', 2),
    ]);
    expect(await firing('devopstic-open-incident')).toEqual(['shop long']);
  });
});
