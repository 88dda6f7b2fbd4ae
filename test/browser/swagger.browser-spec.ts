import type { Browser } from 'playwright-core';
import { openBrowser, openTab } from './support/browser.js';
import { type BuiltService, startBuilt } from './support/service.js';

let service: BuiltService;
let browser: Browser;

beforeAll(async () => {
  [service, browser] = await Promise.all([startBuilt(), openBrowser()]);
});
afterAll(() => Promise.all([browser.close(), service.stop()]));

it('in Swagger UI one authorises, tries POST /events out, and sees the 201', async () => {
  const { page, faults, close } = await openTab(browser, service.url, { viewport: { width: 1280, height: 900 } });
  const { secret } = await service.api<{ secret: string }>('POST', '/api-keys', {
    name: 'tried out',
    scopes: ['events:write'],
  });
  await page.goto(`${service.url}/docs`);
  await page.getByRole('button', { name: 'Authorize' }).first().click();
  await page.locator('.auth-container input').fill(secret);
  await page.locator('.auth-container').getByRole('button', { name: 'Apply credentials' }).click();
  await page.locator('.btn-done').click();
  const operation = page
    .locator('.opblock', { has: page.locator('[data-path="/events"]') })
    .filter({ hasText: 'POST' });
  await operation.locator('.opblock-summary').click();
  await operation.getByRole('button', { name: 'Try it out' }).click();
  await operation.getByRole('button', { name: 'Execute' }).click();
  await operation.locator('.live-responses-table .response-col_status', { hasText: '201' }).waitFor();
  const { items } = await service.api<{ items: object[] }>('GET', '/events');
  expect(items).toHaveLength(1);
  expect(faults).toEqual([]);
  await close();
});
