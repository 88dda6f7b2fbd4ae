import type { Browser } from 'playwright-core';
import { openBrowser, openTab, overflow, signIn, type Tab } from './support/browser.js';
import { type BuiltService, startBuilt } from './support/service.js';

const RANGE = 'from=2026-01-01&to=2027-01-01&time_zone=UTC';
let service: BuiltService;
let browser: Browser;
let tab: Tab;

beforeAll(async () => {
  [service, browser] = await Promise.all([startBuilt(), openBrowser()]);
  await service.run('demo', '--seed', 'phone');
  tab = await openTab(browser, service.url, { viewport: { width: 360, height: 740 }, hasTouch: true });
  await tab.page.goto(service.url);
  await signIn(tab.page);
  await tab.page.locator('.chart canvas').first().waitFor();
});
afterAll(async () => {
  expect(tab.faults).toEqual([]);
  await Promise.all([browser.close(), service.stop()]);
});

it.each(['overview', 'pipelines', 'deployments', 'incidents'])(
  'a phone shows %s without scrolling sideways',
  async (view) => {
    await tab.page.goto(`${service.url}/?view=${view}&${RANGE}`);
    await tab.page.locator('main table').first().waitFor();
    if (view === 'overview') await tab.page.locator('.chart canvas').nth(4).waitFor();
    expect(await overflow(tab.page)).toBe(0);
  },
);

it.each(['lead_time', 'change_failure_rate', 'time_to_restore'])('and so are the rows behind %s', async (metric) => {
  await tab.page.goto(`${service.url}/?${RANGE}&explain=${metric}`);
  await tab.page.getByRole('dialog').locator('tbody tr').first().waitFor();
  expect(await overflow(tab.page)).toBe(0);
  const panel = "document.querySelector('dialog')";
  expect(await tab.page.evaluate(`${panel}.scrollWidth - ${panel}.clientWidth`)).toBe(0);
});

it('a menu opens within the screen', async () => {
  await tab.page.goto(`${service.url}/?${RANGE}`);
  for (const menu of ['Pipelines all', 'Environments production', 'Options UTC']) {
    await tab.page.getByText(menu).click();
    expect(await overflow(tab.page)).toBe(0);
    await tab.page.keyboard.press('Escape');
  }
});
