import type { Browser } from 'playwright-core';
import type {
  Deployment,
  Incident,
  Page,
  PipelineMetrics,
  Series,
  Summary,
} from '../../src/dashboard/page/api/answers.js';
import { duration, number, percent } from '../../src/dashboard/page/figures/format.js';
import { openBrowser, openTab, signIn, type Tab } from './support/browser.js';
import { type BuiltService, startBuilt } from './support/service.js';

const RANGE = 'from=2026-01-01&to=2027-01-01&time_zone=UTC';
let service: BuiltService;
let browser: Browser;
let tab: Tab;

beforeAll(async () => {
  [service, browser] = await Promise.all([startBuilt(), openBrowser()]);
  await service.run('demo', '--seed', 'browser');
  tab = await openTab(browser, service.url);
  await tab.page.goto(service.url);
  await signIn(tab.page);
  await tab.page.locator('.card').first().waitFor();
});
afterAll(async () => {
  expect(tab.faults).toEqual([]);
  await Promise.all([browser.close(), service.stop()]);
});

const open = (query: string) => tab.page.goto(`${service.url}/?${query}`);
const rowsOf = (path: string) => service.api<Page<Deployment & Incident>>('GET', path);

it('the overview tells the metrics of the API, with the level and its benchmark', async () => {
  await open(`${RANGE}&pipeline=storefront`);
  const summary = await service.api<Summary>('GET', `/dora/summary?${RANGE}&pipeline=storefront`);
  const card = (name: string) => tab.page.locator(`[data-metric=${name}]`);
  await card('lead_time').locator('.value').getByText(duration(summary.lead_time.total.median)).waitFor();
  expect(await card('change_failure_rate').locator('.value').innerText()).toBe(
    percent(summary.change_failure_rate.rate),
  );
  expect(await card('deployment_frequency').innerText()).toContain(
    `successful\n${number(summary.deployment_frequency.successful)}`,
  );
  expect((await card('lead_time').locator('.judgement').innerText()).toLowerCase()).toContain(
    `${summary.lead_time.level}\ndora-2023`,
  );
  await tab.page.locator('.chart canvas').nth(4).waitFor();
});

it('every chart has the table of its numbers behind it', async () => {
  await open(`${RANGE}&bucket=month`);
  const charts = tab.page.locator('.charts figure:not(.waiting)');
  await charts.first().waitFor();
  expect(await charts.count()).toBe(5);
  for (const chart of await charts.all()) {
    await chart.getByText('Show as a table').click();
    await chart.locator('details table').waitFor();
    expect(await chart.locator('details').getByRole('row').count()).toBe(13);
  }
});

it('the deployments are listed with what each carried, a page at a time', async () => {
  await open(`${RANGE}&view=deployments`);
  const { items } = await rowsOf('/deployments?from=2026-01-01&to=2027-01-01&environment=production&limit=100');
  const rows = tab.page.locator('main tbody tr');
  await rows.first().waitFor();
  expect(await rows.count()).toBe(50);
  await tab.page.getByRole('button', { name: 'Show more' }).click();
  await tab.page.getByText('100 shown').waitFor();
  const carrying = items.findIndex(({ carried_count }) => carried_count > 1);
  await rows.nth(carrying).locator('summary').click();
  const changes = rows.nth(carrying).locator('.carried li');
  expect(await changes.count()).toBe(Math.min(items[carrying]!.carried_count, 20));
  expect(await changes.first().innerText()).toContain(items[carrying]!.carried[0]!.commit_id.slice(0, 10));
});

it('the incidents are listed with their causes and how they were found', async () => {
  await open(`${RANGE}&view=incidents`);
  const { items } = await rowsOf('/incidents?from=2026-01-01&to=2027-01-01&environment=production&limit=50');
  const caused = items.findIndex(({ cause_method }) => cause_method === 'window');
  const row = tab.page.locator('main tbody tr').nth(caused);
  expect(await row.innerText()).toContain('the last deployment shortly before');
  expect(await row.innerText()).toContain(items[caused]!.incident_id);
});

it('an incident that began before the range is listed, as the overview counts it', async () => {
  const incident = { type: 'incident_status_change', pipeline_id: 'lasting', environment: 'production' };
  await service.api('POST', '/events/batch', [
    { ...incident, incident_id: 'still-open', status: 'failure', timestamp: '2026-01-10T00:00:00Z' },
    { ...incident, incident_id: 'over-in-time', status: 'failure', timestamp: '2026-01-11T00:00:00Z' },
    { ...incident, incident_id: 'over-in-time', status: 'success', timestamp: '2026-02-02T00:00:00Z' },
    { ...incident, incident_id: 'over-before', status: 'failure', timestamp: '2026-01-12T00:00:00Z' },
    { ...incident, incident_id: 'over-before', status: 'success', timestamp: '2026-01-13T00:00:00Z' },
  ]);
  const february = 'from=2026-02-01&to=2026-03-01&time_zone=UTC&pipeline=lasting';
  await open(february);
  const card = tab.page.locator('[data-metric=time_to_restore]');
  await card.locator('.facts').getByText('open', { exact: true }).waitFor();
  expect(await card.locator('.facts').innerText()).toMatch(/resolved\n1\nopen\n1/);
  await open(`${february}&view=incidents`);
  const names = tab.page.locator('main tbody td:nth-child(2)');
  await names.first().waitFor();
  expect(await names.allInnerTexts()).toEqual(['over-in-time', 'still-open']);
});

it('what is nothing is told apart from what is zero, and production from what is not', async () => {
  const deploy = { type: 'deploy', status: 'success', commit_id: 'c1', timestamp: '2026-02-10T00:00:00Z' };
  await service.api('POST', '/events/batch', [
    { ...deploy, pipeline_id: 'faultless', environment: 'production' },
    { ...deploy, pipeline_id: 'staged', environment: 'staging' },
  ]);
  const february = 'from=2026-02-01&to=2026-03-01&time_zone=UTC';
  await open(`${february}&pipeline=faultless`);
  const rates = tab.page.locator('figure', { hasText: 'Failures and rework' });
  await rates.locator('canvas').waitFor();
  await tab.page.locator('figure', { hasText: 'Recovery' }).getByText('Nothing in this range.').waitFor();
  await open(`${february}&pipeline=staged&view=deployments`);
  await tab.page.getByText('No deployments in this range and environment.').waitFor();
  await open(`${february}&pipeline=nobody`);
  await tab.page.getByText('There is no pipeline nobody.').waitFor();
});

it('the pipelines are compared, and sorted by what one clicks', async () => {
  await open(`${RANGE}&view=pipelines`);
  const { items } = await service.api<Page<PipelineMetrics>>('GET', `/dora/pipelines?${RANGE}`);
  const names = () => tab.page.locator('main tbody td:first-child button').allInnerTexts();
  await tab.page.getByRole('button', { name: 'Work waiting', exact: true }).click();
  const waiting = new Map(items.map(({ pipeline_id, work_waiting }) => [pipeline_id, work_waiting.count]));
  const shown = (await names()).map((name) => waiting.get(name) ?? -1);
  expect(shown).toEqual([...waiting.values()].toSorted((one, other) => one - other));
});

it('each pipeline has its own trends, and its name leads to it alone', async () => {
  await open(`${RANGE}&view=pipelines`);
  const row = tab.page.locator('main tbody tr', { hasText: 'storefront' });
  await row.scrollIntoViewIfNeeded();
  await row.locator('.spark path').nth(6).waitFor({ state: 'attached' });
  const { items } = await service.api<Series>('GET', `/dora/series?${RANGE}&bucket=week&pipeline=storefront`);
  const drawn = (await row.locator('.spark path').nth(1).getAttribute('d')) ?? '';
  expect(drawn.split('L')).toHaveLength(items.filter(({ lead_time }) => lead_time.total.median !== null).length);
  await row.getByRole('button', { name: 'storefront', exact: true }).click();
  await tab.page.waitForURL(/pipeline=storefront/);
  await tab.page.locator('.card').first().waitFor();
});

it('what is chosen is in the URL, and going back goes back', async () => {
  await open(RANGE);
  await tab.page.getByText('Pipelines all').click();
  await tab.page.getByLabel('checkout', { exact: true }).check();
  await tab.page.waitForURL(/pipeline=checkout/);
  await tab.page.keyboard.press('Escape');
  await tab.page.getByRole('link', { name: 'Deployments' }).click();
  await tab.page.waitForURL(/view=deployments.*pipeline=checkout/);
  // The rows of before stay until the new ones are there.
  await tab.page.locator('main tbody tr', { hasText: 'checkout' }).first().waitFor();
  const others = tab.page.locator('main tbody tr', { hasNotText: 'checkout' });
  await others.first().waitFor({ state: 'detached' });
  await tab.page.goBack();
  await tab.page.goBack();
  await tab.page.getByText('Pipelines all').waitFor();
});

it.each(['light', 'dark'] as const)('text has enough contrast in %s', async (colorScheme) => {
  await tab.page.emulateMedia({ colorScheme });
  await open(RANGE);
  await tab.page.locator('.chart canvas').first().waitFor();
  expect(await tab.page.evaluate(FAINT_TEXT)).toEqual([]);
  const background = await tab.page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  expect(background).toBe(colorScheme === 'dark' ? 'rgb(14, 18, 24)' : 'rgb(245, 246, 248)');
});

it('the colours can be chosen, whatever the system has', async () => {
  await tab.page.emulateMedia({ colorScheme: 'dark' });
  await tab.page.getByRole('button', { name: 'Colours: as the system' }).click();
  await tab.page.getByRole('button', { name: 'Colours: light' }).waitFor();
  const background = await tab.page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  expect(background).toBe('rgb(245, 246, 248)');
});

/** The texts whose contrast with what is behind them is below 4.5 (WCAG 2, AA), blended over transparent grounds. */
const FAINT_TEXT = `(() => {
  const parse = (text) => (text.match(/[\\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
  const over = ([r, g, b, a = 1], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a)];
  const ground = (element) => {
    if (!element) return [255, 255, 255];
    return over(parse(getComputedStyle(element).backgroundColor), ground(element.parentElement));
  };
  const light = (color) => {
    const [r, g, b] = color.map((part) => part / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const texts = [...document.querySelectorAll('body *')].filter(
    (element) => element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''),
  );
  return texts
    .map((element) => [element.textContent.slice(0, 40), contrast(over(parse(getComputedStyle(element).color), ground(element)), ground(element))])
    .filter(([, ratio]) => ratio < 4.5);
})()`;
