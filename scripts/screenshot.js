// npm run screenshot: makes the README's picture from a running service that has the demo (npm run demo). Give it
// DEVOPSTIC_USERNAME and DEVOPSTIC_PASSWORD; --url if the service is elsewhere; CHROMIUM if the browser is.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const DAY_MS = 86_400_000;
const picture = fileURLToPath(new URL('../doc/devopstic_demo.png', import.meta.url));
const { values } = parseArgs({ options: { url: { type: 'string', default: 'http://localhost:8080' } } });
const { DEVOPSTIC_USERNAME: username = 'admin', DEVOPSTIC_PASSWORD: password = '', CHROMIUM } = process.env;

const CROPPED = `
  .opblock-section, .execute-wrapper, .btn-group, .opblock-description-wrapper, .curl-command,
  .responses-inner > div > h4, .responses-inner > :not(:first-child),
  .live-responses-table .response-col_description > :not(:first-child),
  .copy-to-clipboard, .download-contents { display: none !important; }
  .highlight-code > pre { max-height: none !important; overflow: hidden !important; }
  .highlight-code code { display: block; columns: 2; }
`;

const login = await fetch(`${values.url}/tokens`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ username, password }),
});
if (!login.ok) throw new Error(`${values.url}/tokens answered ${login.status}`);
const { token } = await login.json();

const browser = await chromium.launch({
  executablePath: CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1100 } });
  await page.goto(`${values.url}/docs`);
  await authorize(page);
  const operation = page.locator('#operations-metrics-getDoraSummary');
  await operation.locator('.opblock-summary-control').click();
  await operation.getByRole('button', { name: 'Try it out' }).click();
  const from = new Date(Date.now() - 90 * DAY_MS).toISOString().slice(0, 10);
  await fill(operation, 'from', from);
  await operation.getByRole('button', { name: 'Execute', exact: true }).click();
  await operation.locator('.live-responses-table').waitFor();
  // The question and the whole answer: without the form between them, and without the headers.
  await page.addStyleTag({ content: CROPPED });
  await operation.screenshot({ path: picture });
} finally {
  await browser.close();
}
console.log(picture);

async function authorize(page) {
  await page.locator('.auth-wrapper .authorize').first().click();
  const dialog = page.locator('.modal-ux');
  await dialog.locator('input').fill(token);
  await dialog.locator('.auth-btn-wrapper .authorize').click();
  await dialog.locator('.btn-done').click();
}

async function fill(operation, name, value) {
  await operation.locator(`tr[data-param-name="${name}"] input`).fill(value);
}
