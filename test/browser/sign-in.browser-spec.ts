import type { Browser } from 'playwright-core';
import { ADMIN } from '../support/app.js';
import { openBrowser, openTab, signIn, type Tab } from './support/browser.js';
import { type BuiltService, startBuilt } from './support/service.js';

const LINK = '/?view=deployments&pipeline=shop&last=7d&time_zone=UTC';
let service: BuiltService;
let browser: Browser;
let tab: Tab;

beforeAll(async () => {
  [service, browser] = await Promise.all([startBuilt(), openBrowser()]);
  await service.api('POST', '/events', {
    type: 'deploy',
    pipeline_id: 'shop',
    environment: 'production',
    status: 'success',
    commit_id: 'c1',
  });
});
afterAll(() => Promise.all([browser.close(), service.stop()]));
beforeEach(async () => {
  tab = await openTab(browser, service.url);
});
afterEach(async () => {
  expect(tab.faults).toEqual([]);
  await tab.close();
});

const row = () => tab.page.getByRole('row', { name: /shop/ });

describe('signing in', () => {
  it('leads to where the link was to', async () => {
    await tab.page.goto(service.url + LINK);
    await signIn(tab.page);
    await row().waitFor();
    expect(tab.page.url()).toBe(service.url + LINK);
  });

  it('says that a password is wrong, and takes the right one then', async () => {
    await tab.page.goto(`${service.url}/`);
    await signIn(tab.page, { ...ADMIN, password: 'wrong' });
    await tab.page.getByRole('alert').getByText('Wrong username or password').waitFor();
    await signIn(tab.page);
    await tab.page.getByRole('heading', { name: 'Deployment frequency' }).waitFor();
  });

  it('takes a key that may read, and tells of others why not', async () => {
    const keyOf = (scopes: string[]) =>
      service.api<{ secret: string }>('POST', '/api-keys', { name: 'wall screen', scopes });
    const [reader, writer] = await Promise.all([keyOf(['metrics:read']), keyOf(['events:write'])]);
    await tab.page.goto(service.url + LINK);
    await tab.page.getByText('Use an API key instead').click();
    for (const [key, says] of [
      ['dvo_wrong', /unknown, malformed, expired or revoked/],
      [writer.secret, /needs the scope metrics:read/],
    ] as const) {
      await tab.page.getByLabel('API key').fill(key);
      await tab.page.getByLabel('API key').press('Enter');
      await tab.page.getByRole('alert').getByText(says).waitFor();
    }
    await tab.page.getByLabel('API key').fill(reader.secret);
    await tab.page.getByLabel('API key').press('Enter');
    await row().waitFor();
  });

  it('lasts for the tab, until somebody signs out', async () => {
    await tab.page.goto(service.url + LINK);
    await signIn(tab.page);
    await row().waitFor();
    await tab.page.reload();
    await row().waitFor();
    await tab.page.getByRole('button', { name: 'Sign out' }).click();
    await tab.page.getByText('You have signed out.').waitFor();
    expect(await tab.page.evaluate('sessionStorage.length + localStorage.length')).toBe(0);
  });
});

it('a session that has ended elsewhere leads back to the sign-in, and from there to where one was', async () => {
  const ada = { username: 'ada', password: 'a good pass word' };
  const { id } = await service.api<{ id: string }>('POST', '/users', { ...ada, role: 'viewer' });
  await tab.page.goto(service.url + LINK);
  await signIn(tab.page, ada);
  await row().waitFor();
  await service.api('PATCH', `/users/${id}`, { password: 'another pass word' });
  await tab.page.getByRole('button', { name: '90 days' }).click();
  await tab.page.getByText('Your session has ended.').waitFor();
  await signIn(tab.page, { ...ada, password: 'another pass word' });
  await row().waitFor();
  expect(tab.page.url()).toBe(service.url + LINK.replace('7d', '90d'));
});

describe('where reading is open to all', () => {
  let open: BuiltService;

  beforeAll(async () => {
    open = await startBuilt({ DEVOPSTIC_PUBLIC_READ: 'true' });
  });
  afterAll(() => open.stop());

  it('nobody needs to sign in, and whoever wants to may', async () => {
    const { page, faults, close } = await openTab(browser, open.url);
    await page.goto(`${open.url}/`);
    await page.getByText('Ask an admin for an API key').waitFor();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await signIn(page);
    await page.getByRole('button', { name: 'Create a key' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Ask an admin for an API key').waitFor();
    expect(faults).toEqual([]);
    await close();
  });
});
