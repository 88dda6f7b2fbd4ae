import type { Browser } from 'playwright-core';
import type { Explanation, MetricName, Summary } from '../../src/dashboard/page/api/answers.js';
import { duration, number, percent } from '../../src/dashboard/page/figures/format.js';
import { METRIC_NAMES } from '../../src/dashboard/page/figures/metrics.js';
import { statistics } from '../support/model/metrics.js';
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
  await tab.page.goto(`${service.url}/?${RANGE}`);
  await signIn(tab.page);
  await tab.page.locator('.card').first().waitFor();
});
afterAll(async () => {
  expect(tab.faults).toEqual([]);
  await Promise.all([browser.close(), service.stop()]);
});

const panel = () => tab.page.getByRole('dialog');
const amount = async (selector: string): Promise<number[]> => {
  const texts = await panel().locator(selector).allInnerTexts();
  return texts.map((text) => Number(text.replaceAll(/[^\d]/g, '')));
};

it.each(METRIC_NAMES)('the rows of %s add up to the number of the API', async (metric) => {
  const explained = await service.api<Explanation>('GET', `/dora/explain?metric=${metric}&${RANGE}&limit=1`);
  await tab.page.locator(`[data-metric=${metric}] .value button`).click();
  await panel().locator('.sums').waitFor();
  const [used] = await amount('.sums .used b');
  const left_out = await amount('.sums [data-reason] b');
  const [all] = await amount('.sums .all b');
  expect(used).toBe(explained.used);
  expect(left_out.toSorted()).toEqual(Object.values(explained.left_out).toSorted());
  expect(left_out.reduce((sum, rows) => sum + rows, used!)).toBe(all);
  await tab.page.keyboard.press('Escape');
  await panel().waitFor({ state: 'detached' });
});

/** What the values of the rows in a number come to, as the card tells it. */
const TOLD: Record<MetricName, (values: number[], days: number) => string> = {
  deployment_frequency: (values, days) => number(values.length / days),
  lead_time: (values) => duration(statistics(values).median),
  change_failure_rate: (values) => percent(statistics(values).mean),
  failed_deployment_recovery_time: (values) => duration(statistics(values).median),
  time_to_restore: (values) => duration(statistics(values).median),
  rework_rate: (values) => percent(statistics(values).mean),
  work_waiting: (values) => number(values.length),
};

it.each(METRIC_NAMES)('the rows of %s come to the number that is shown', async (metric) => {
  await tab.page.goto(`${service.url}/?${RANGE}`);
  const values: number[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const path: string = `/dora/explain?metric=${metric}&${RANGE}&limit=1000${cursor && `&cursor=${cursor}`}`;
    const page: Explanation = await service.api<Explanation>('GET', path);
    values.push(...page.items.filter(({ used }) => used).map(({ value }) => value ?? Number.NaN));
    cursor = page.next;
  }
  expect(values.length).toBeGreaterThan(0);
  const shown = tab.page.locator(`[data-metric=${metric}] .value button`);
  await shown.waitFor();
  expect(await shown.innerText()).toBe(TOLD[metric](values, 365));
});

it('every row can be paged to, and says whether it counts or why not', async () => {
  await tab.page.goto(`${service.url}/?${RANGE}&pipeline=ledger&explain=lead_time`);
  await panel().locator('.sums').waitFor();
  const [all] = await amount('.sums .all b');
  const more = panel().getByRole('button', { name: 'Show more' });
  while (await more.isVisible()) {
    const before = await panel().locator('tbody tr').count();
    await more.click();
    await panel().locator('tbody tr').nth(before).waitFor();
  }
  const verdicts = await panel().locator('tbody tr td:last-child').allInnerTexts();
  expect(verdicts).toHaveLength(all!);
  const [used] = await amount('.sums .used b');
  expect(verdicts.filter((verdict) => verdict.startsWith('yes'))).toHaveLength(used!);
  expect(verdicts.filter((verdict) => verdict === 'no')).toEqual([]);
});

it('a number of a chart is explained by the rows of its own part of the range', async () => {
  await tab.page.goto(`${service.url}/?${RANGE}&bucket=month`);
  const chart = tab.page.locator('.charts figure:not(.waiting)').first();
  await chart.getByText('Show as a table').click();
  const row = chart.locator('tbody tr', { hasText: 'month of 1 Nov 2026' });
  const finished = Number(await row.locator('button').first().innerText());
  await row.locator('button').first().click();
  await panel().locator('.sums').waitFor();
  expect(await amount('.sums .used b')).toEqual([finished]);
  await tab.page.goBack();
  await panel().waitFor({ state: 'detached' });
});

it('a number is opened, read and left by the keyboard alone', async () => {
  await tab.page.goto(`${service.url}/?${RANGE}`);
  await tab.page.locator('.card').first().waitFor();
  await tab.page.keyboard.press('Tab');
  expect(await focused()).toBe('Skip to the numbers');
  await tab.page.keyboard.press('Enter');
  await tab.page.keyboard.press('Tab');
  expect(await focused()).toMatch(/^Deployment frequency: .*Show the rows behind it$/);
  await tab.page.keyboard.press('Enter');
  await panel().locator('.sums').waitFor();
  expect(await focused()).toBe('Close');
  await tab.page.keyboard.press('Escape');
  await panel().waitFor({ state: 'detached' });
  expect(await focused()).toMatch(/^Deployment frequency/);
});

it('whoever may not read, and a database that is away, are told what to do', async () => {
  await tab.page.goto(`${service.url}/?${RANGE}`);
  await tab.page.locator('.card').first().waitFor();
  let away = true;
  await tab.page.route('**/dora/explain?**', (route) => {
    if (!away) return route.continue();
    away = false;
    const body = { title: 'Service Unavailable', detail: 'The database cannot be reached', errors: [] };
    return route.fulfill({ status: 503, headers: { 'retry-after': '1' }, json: body });
  });
  await tab.page.locator('[data-metric=rework_rate] .value button').click();
  await panel().getByRole('alert').getByText('The database is away or busy').waitFor();
  // It is tried again without anybody's help.
  await panel().locator('.sums').waitFor();
  await tab.page.unroute('**/dora/explain?**');
  const { rework_rate } = await service.api<Summary>('GET', `/dora/summary?${RANGE}`);
  expect(await amount('.sums .used b')).toEqual([rework_rate.deployments]);
  tab.faults.splice(0, tab.faults.length, ...tab.faults.filter((fault) => !fault.includes('status of 503')));
});

function focused(): Promise<string> {
  return tab.page.evaluate('document.activeElement.ariaLabel ?? document.activeElement.textContent');
}
