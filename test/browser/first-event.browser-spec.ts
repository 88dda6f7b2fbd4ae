import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { openBrowser, openTab, overflow, signIn } from './support/browser.js';
import { type BuiltService, startBuilt } from './support/service.js';

let service: BuiltService;
let browser: Browser;

beforeAll(async () => {
  [service, browser] = await Promise.all([startBuilt(), openBrowser()]);
});
afterAll(() => Promise.all([browser.close(), service.stop()]));

it('an empty installation tells a viewer whom to ask', async () => {
  const viewer = { username: 'vera', password: 'only looks at it' };
  await service.api('POST', '/users', { ...viewer, role: 'viewer' });
  const { page, faults, close } = await openTab(browser, service.url);
  await page.goto(`${service.url}/`);
  await signIn(page, viewer);
  await page.getByRole('button', { name: 'Create a key' }).click();
  await page.getByText('Ask an admin for an API key').waitFor();
  expect(faults).toEqual([]);
  await close();
});

it.each([360, 1366])('an empty installation fits a screen of %d pixels, before and after the key', async (width) => {
  const { page, faults, close } = await openTab(browser, service.url, { viewport: { width, height: 740 } });
  const sticksOut = (): Promise<number> =>
    page.evaluate(
      `Math.max(...[...document.querySelectorAll('.first *')].filter((one) => !one.closest('pre')).map((one) =>
        one.getBoundingClientRect().right)) - document.querySelector('.first').getBoundingClientRect().right`,
    );
  await page.goto(`${service.url}/`);
  await signIn(page);
  await page.getByRole('heading', { name: 'Send the first event' }).waitFor();
  expect(await overflow(page)).toBe(0);
  expect(await sticksOut()).toBeLessThanOrEqual(0);
  await page.getByRole('button', { name: 'Create a key' }).click();
  await page.getByText('The key is in the command').waitFor();
  expect(await overflow(page)).toBe(0);
  expect(await sticksOut()).toBeLessThanOrEqual(0);
  expect(faults).toEqual([]);
  await close();
});

it('an empty installation gives the command for the first event, and shows what that has told', async () => {
  const { page, faults, close } = await openTab(browser, service.url, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.goto(`${service.url}/`);
  await signIn(page);
  await page.getByRole('heading', { name: 'Send the first event' }).waitFor();
  await page.getByRole('button', { name: 'Create a key' }).click();
  await page.getByText('The key is in the command').waitFor();
  await page.getByRole('button', { name: 'Copy' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  const command = await page.evaluate<string>('navigator.clipboard.readText()');
  const { stdout } = await promisify(execFile)('sh', ['-c', command]);
  expect(JSON.parse(stdout)).toMatchObject({ pipeline_id: 'my-service', type: 'deploy' });
  await page.getByRole('row', { name: /my-service/ }).waitFor();
  await page.locator('[data-metric=deployment_frequency]').getByText('Too few values for a level').waitFor();
  await page.locator('[data-metric=time_to_restore]').getByText('No incidents resolved').waitFor();
  expect(faults).toEqual([]);
  await close();
});

it('what comes later is offered to whoever is reading, and shown when it is wanted', async () => {
  const { page, faults, close } = await openTab(browser, service.url);
  await page.clock.install();
  await page.goto(`${service.url}/?view=deployments`);
  await signIn(page);
  await page.getByRole('row', { name: /my-service/ }).waitFor();
  const deploy = { type: 'deploy', environment: 'production', status: 'success', commit_id: 'abc124' };
  await service.api('POST', '/events', { ...deploy, pipeline_id: 'another-service' });
  await page.clock.fastForward(31_000);
  await page.getByText('New events have come.').waitFor();
  expect(await page.getByRole('row', { name: /another-service/ }).count()).toBe(0);
  await page.getByRole('button', { name: 'Show them' }).click();
  await page.getByRole('row', { name: /another-service/ }).waitFor();
  expect(faults).toEqual([]);
  await close();
});
