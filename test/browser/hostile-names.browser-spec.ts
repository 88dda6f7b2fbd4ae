import type { Browser } from 'playwright-core';
import { openBrowser, openTab, signIn } from './support/browser.js';
import { type BuiltService, startBuilt } from './support/service.js';

const HOSTILE = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';
let service: BuiltService;
let browser: Browser;

beforeAll(async () => {
  [service, browser] = await Promise.all([startBuilt(), openBrowser()]);
  const about = { pipeline_id: HOSTILE, url: 'https://example.com/"><script>alert(1)</script>' };
  const deploy = { ...about, type: 'deploy', commit_id: HOSTILE, deployment_id: HOSTILE, status: 'success' };
  for (const environment of ['production', HOSTILE]) await service.api('POST', '/events', { ...deploy, environment });
  const incident = { ...about, type: 'incident_status_change', incident_id: HOSTILE, status: 'failure' };
  await service.api('POST', '/events', { ...incident, environment: 'production', deployment_id: HOSTILE });
});
afterAll(() => Promise.all([browser.close(), service.stop()]));

it.each(['overview', 'pipelines', 'deployments', 'incidents'])(
  'whatever things are called, it is text: %s',
  async (view) => {
    const { page, faults, close } = await openTab(browser, service.url);
    await page.goto(`${service.url}/?view=${view}&environment=${encodeURIComponent(HOSTILE)}&environment=production`);
    await signIn(page);
    await page.locator('main').getByText('<img src=x onerror=').first().waitFor();
    await page.getByText('Pipelines all').click();
    if (view === 'overview') {
      await page.keyboard.press('Escape');
      await page.locator('[data-metric=deployment_frequency] .value button').click();
      await page.getByRole('dialog').getByText('<img src=x onerror=').first().waitFor();
    }
    expect(await page.locator('img, body script').count()).toBe(0);
    expect(await page.title()).toMatch(/DevOpstic$/);
    expect(faults).toEqual([]);
    await close();
  },
);
