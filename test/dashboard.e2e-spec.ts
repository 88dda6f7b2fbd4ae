import { startApp, type TestApp } from './support/app.js';
import { problemOf } from './support/people.js';

let app: TestApp;
let page: Response;
let html: string;

beforeAll(async () => {
  app = await startApp();
  page = await get('/');
  html = await page.text();
});
afterAll(() => app.close());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  app.request('GET', path, { token: null, headers });
const assets = (): string => /"(assets\/[0-9a-f]+\/dashboard\/page)\//.exec(html)?.[1] ?? 'none';

describe('the page', () => {
  it('is there for anyone, and asked for anew each time', () => {
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('cache-control')).toBe('no-cache');
  });

  it('may run and load nothing but what comes from the service itself', () => {
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual([
      "default-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'self'",
    ]);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('has nothing inline, and names no other host', () => {
    expect(html).not.toMatch(/<script(?![^>]* src=)|<style|style=|\son\w+=|https?:|\/\//);
  });

  it('says whether reading is open to all', async () => {
    expect(html).toContain('data-public-read="false"');
    const open = await startApp({ DEVOPSTIC_PUBLIC_READ: 'on' });
    expect(await (await fetch(`${open.url}/`)).text()).toContain('data-public-read="true"');
    await open.close();
  });

  it('has no place in the contract', async () => {
    const { paths } = (await (await get('/openapi.json')).json()) as { paths: Record<string, unknown> };
    expect(Object.keys(paths).filter((path) => path === '/' || path.startsWith('/assets'))).toEqual([]);
  });
});

describe('a file of the page', () => {
  it('may be kept for good under the version that the page names', async () => {
    const file = await get(`/${assets()}/style/base.css`);
    expect(file.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('is there under the version of another replica, but may not be kept', async () => {
    const file = await get('/assets/0123456789abcdef/dashboard/page/vendor/uplot.js');
    expect(file.status).toBe(200);
    expect(file.headers.get('cache-control')).toBe('no-cache');
    expect(await file.text()).toContain('uPlot');
  });

  it.each([
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['gzip, br;q=0', 'gzip'],
    ['identity', null],
  ])('is sent as a browser takes it: %s', async (accepted, encoding) => {
    const file = await get(`/${assets()}/vendor/uplot.js`, { 'accept-encoding': accepted });
    expect(file.headers.get('content-encoding')).toBe(encoding);
    expect(file.headers.get('vary')).toBe('accept-encoding');
    expect(await file.text()).toContain('export { uPlot as default }');
  });

  it('is not sent again to whoever has it', async () => {
    const etag = page.headers.get('etag') ?? '';
    const again = await get('/', { 'if-none-match': `"other", W/${etag}` });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await get('/', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it.each(['main.ts', 'index.html', '../page-files.ts', '..%2fpage-files.ts', '%2e%2e/%2e%2e/package.json', ''])(
    'is one of those that the page has, and no other: %s',
    async (name) => {
      expect((await problemOf(await get(`/assets/x/dashboard/page/${name}`))).status).toBe(404);
    },
  );
});
