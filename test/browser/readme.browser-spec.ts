import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { ADMIN } from '../support/app.js';
import { blocks, readDocument, section } from '../support/documents.js';
import { openBrowser, openTab, signIn } from './support/browser.js';
import { type BuiltService, startBuilt } from './support/service.js';

let service: BuiltService;
let browser: Browser;

beforeAll(async () => {
  [service, browser] = await Promise.all([startBuilt(), openBrowser()]);
});
afterAll(() => Promise.all([browser?.close(), service?.stop()]));

it('the page shows what the five calls of the README have told, without any choice', async () => {
  const [calls = ''] = blocks(section(readDocument('README.md'), '## Five calls'), 'bash');
  const script = calls
    .replace('http://localhost:8080', service.url)
    .replace("'<the password that the first start printed>'", `'${ADMIN.password}'`);
  await promisify(execFile)('sh', ['-ec', script]);

  const { page, faults, close } = await openTab(browser, service.url);
  await page.goto(`${service.url}/`);
  await signIn(page);
  const shows = (metric: string, text: string) =>
    page.locator(`[data-metric=${metric}]`).getByText(text, { exact: true }).first().waitFor();
  await shows('lead_time', '1 h 30 min');
  await shows('time_to_restore', '45 min');
  await shows('change_failure_rate', '100 %');
  expect(faults).toEqual([]);
  await close();
});
