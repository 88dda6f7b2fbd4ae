import type { Browser } from 'playwright-core';
import { openBrowser, openTab, signIn } from './support/browser.js';
import { type BuiltService, startBuilt } from './support/service.js';

/** Only when they are asked for: they differ with every run, and a check must leave the tree as it is. */
const asked = process.env['DEVOPSTIC_SCREENSHOTS'] === '1' ? it : it.skip;
let service: BuiltService;
let browser: Browser;

beforeAll(async () => {
  [service, browser] = await Promise.all([startBuilt(), openBrowser()]);
  await service.run('demo');
});
afterAll(() => Promise.all([browser.close(), service.stop()]));

asked.each([
  ['devopstic_demo', '?last=90d', 'light', 1360, 1300],
  ['screenshot-dashboard-explain', '?last=90d&explain=lead_time', 'light', 1360, 800],
  ['screenshot-dashboard-pipelines', '?last=90d&view=pipelines', 'light', 1360, 640],
  ['screenshot-dashboard-phone', '?last=90d', 'light', 390, 844],
] as const)('takes the picture %s', async (name, query, colorScheme, width, height) => {
  const tab = await openTab(browser, service.url, { viewport: { width, height }, colorScheme });
  await tab.page.goto(`${service.url}/${query}`);
  await signIn(tab.page);
  if (query.includes('pipelines')) await tab.page.locator('td .spark:not(:empty)').nth(34).waitFor();
  else await tab.page.locator('.chart canvas').nth(4).waitFor();
  if (query.includes('explain')) await tab.page.locator('.sums').waitFor();
  await tab.page.screenshot({ path: `doc/${name}.png` });
  await tab.close();
});

asked('takes the picture of an empty installation', async () => {
  const empty = await startBuilt();
  const tab = await openTab(browser, empty.url, { viewport: { width: 1100, height: 760 } });
  await tab.page.goto(empty.url);
  await signIn(tab.page);
  await tab.page.getByRole('button', { name: 'Create a key' }).click();
  await tab.page.getByText('The key is in the command').waitFor();
  await tab.page.screenshot({ path: 'doc/screenshot-dashboard-first-event.png' });
  await tab.close();
  await empty.stop();
});

asked('takes the picture of Swagger UI', async () => {
  const tab = await openTab(browser, service.url, { viewport: { width: 1280, height: 1000 } });
  await tab.page.goto(`${service.url}/docs`);
  await tab.page.locator('.opblock').first().waitFor();
  await tab.page.screenshot({ path: 'doc/screenshot-swagger.png' });
  await tab.close();
});
