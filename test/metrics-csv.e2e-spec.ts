import { startApp, type TestApp } from './support/app.js';
import { sendBatch } from './support/sending.js';
import { deploy, doraPath, tell } from './support/telling.js';
import { workedExample } from './support/worked-example.js';

const CSV = 'text/csv';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await sendBatch(app, workedExample());
  await tell(app, '=HYPERLINK("http://evil"),x', [deploy('03-02 09:00', '+1', { url: 'https://x.test/?a="b",c' })]);
});
afterAll(() => app.close());

async function csv(route: string, query: Record<string, string>, accept = CSV): Promise<[Response, string]> {
  const response = await app.request('GET', doraPath(route, { from: '2026-03-02', to: '2026-03-03', ...query }), {
    headers: { accept },
  });
  return [response, await response.text()];
}

/** Rows of cells without quotes, by column. */
function table(text: string): Record<string, string>[] {
  const [header, ...rows] = text.trimEnd().split('\r\n');
  const columns = header!.split(',');
  return rows.map((row) => Object.fromEntries(row.split(',').map((cell, index) => [columns[index]!, cell])));
}

describe('CSV', () => {
  it('has a header row and one row for a summary', async () => {
    const [response, text] = await csv('summary', { pipeline: 'shop' });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(response.headers.get('vary')).toBe('accept');
    expect(table(text)).toEqual([
      expect.objectContaining({
        from: '2026-03-02T00:00:00.000Z',
        pipelines: 'shop',
        benchmark: 'dora-2023',
        'deployment_frequency.per_day': '2',
        'deployment_frequency.level': '',
        'lead_time.total.median': '5400',
        'change_failure_rate.failed_by.incident': '1',
        'work_waiting.oldest': '',
      }),
    ]);
  });

  it('has a row for each bucket and each pipeline, with what they are of', async () => {
    const [, series] = await csv('series', { pipeline: 'shop', from: '2026-03-01' });
    expect(table(series)).toMatchObject([
      { start: '2026-03-01T00:00:00.000Z', time_zone: 'UTC', 'deployment_frequency.deployments': '0' },
      { start: '2026-03-02T00:00:00.000Z', time_zone: 'UTC', 'deployment_frequency.deployments': '3' },
    ]);
    const [, pipelines] = await csv('pipelines', { pipeline: 'shop' });
    expect(table(pipelines)).toMatchObject([{ pipeline_id: 'shop', 'rework_rate.rate': '0' }]);
  });

  it('has its header without any rows, too', async () => {
    const [, text] = await csv('pipelines', { pipeline: 'unheard of' });
    expect(text).toMatch(/^from,to,time_zone,.*,pipeline_id,.*,work_waiting\.median\r\n$/);
    const [, explanation] = await csv('explain', { metric: 'lead_time', pipeline: 'unheard of' });
    expect(explanation).toMatch(/^row\.kind,.*,used,reason,value\r\n$/);
  });

  it('quotes what has commas and quotes, and lets no spreadsheet take text for a formula', async () => {
    const [, text] = await csv('explain', { metric: 'rework_rate', pipeline: '=HYPERLINK("http://evil"),x' });
    const [, row] = text.split('\r\n');
    expect(row).toContain(`"'=HYPERLINK(""http://evil""),x"`);
    expect(row).toContain(`'+1`);
    expect(row).toContain(`"https://x.test/?a=""b"",c"`);
  });

  it('links to the next page', async () => {
    const [response, text] = await csv('explain', { metric: 'rework_rate', pipeline: 'shop', limit: '2' });
    const [, next] = /^<(\/dora\/explain\?.+)>; rel="next"$/.exec(response.headers.get('link')!)!;
    const further = await (await app.request('GET', next!, { headers: { accept: CSV } })).text();
    expect([table(text), table(further)]).toMatchObject([[{ used: 'true' }, { used: 'true' }], [{ used: 'true' }]]);
  });

  it.each([
    [CSV, true],
    ['application/json;q=0.5, text/csv', true],
    ['text/csv;q=0.5, application/json', false],
    ['text/csv;q=0', false],
    ['*/*', false],
  ])('answers Accept: %s with CSV: %s', async (accept, isCsv) => {
    const [response] = await csv('summary', {}, accept);
    expect(response.headers.get('content-type')!.startsWith(CSV)).toBe(isCsv);
  });

  it('tells of errors as problems', async () => {
    const [response] = await csv('summary', { time_zone: 'nowhere' });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      400,
      expect.stringContaining('application/problem+json'),
    ]);
  });
});
