import { readFileSync } from 'node:fs';
import { ADMIN, startApp, type TestApp } from './support/app.js';

describe('the pages of the contract at /docs', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const textOf = async (path: string): Promise<string> => {
    const answer = await fetch(new URL(path, `${app.url}/docs`));
    expect([path, answer.status]).toEqual([path, 200]);
    return answer.text();
  };

  it('are made of files of this service only', async () => {
    const page = await textOf('/docs');
    const files = [...page.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, file]) => file ?? '');
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      expect(file).toMatch(/^\.\//);
      expect((await textOf(file)).length).toBeGreaterThan(100);
    }
    expect(page.replaceAll(/xmlns(:xlink)?="[^"]*"/g, '')).not.toMatch(/https?:\/\//);
  });

  it('may be framed by nobody, run nothing of others, and forget a token', async () => {
    const { headers } = await fetch(`${app.url}/docs`);
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'self';.*frame-ancestors 'none'/);
    expect(await textOf('/docs/swagger-ui-init.js')).toContain('"persistAuthorization": false');
  });

  it.each(['oauth2-redirect.html', 'swagger-ui.js.map', 'package.json', 'swagger-ui%2Ejs', 'LICENSE'])(
    'come without what they do not need, as %s',
    async (file) => {
      expect((await fetch(`${app.url}/docs/${file}`)).status).toBe(404);
      expect((await fetch(`${app.url}/docs-yaml`)).status).toBe(404);
    },
  );

  it('may be kept, unlike all that may be of one person', async () => {
    const keeping = async (path: string) => (await app.request('GET', path)).headers.get('cache-control');
    expect(await keeping('/docs/swagger-ui.css')).toContain('public');
    expect(await keeping('/')).toBe('no-cache');
    for (const path of ['/events', '/users', '/api-keys', '/webhook-deliveries', '/audit', '/nowhere', '/health']) {
      expect([path, await keeping(path)]).toEqual([path, 'no-store']);
    }
    for (const credentials of [ADMIN, { ...ADMIN, password: 'wrong' }]) {
      const answer = await app.request('POST', '/tokens', { body: credentials, token: null });
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  it('ask no validator of somebody else, and call the service that they came from', async () => {
    const start = await textOf('/docs/swagger-ui-init.js');
    expect(start).toContain('"validatorUrl": null');
    const { servers } = (await (await fetch(`${app.url}/openapi.json`)).json()) as { servers: unknown };
    expect(servers).toEqual([{ url: '/', description: 'This service' }]);
  });

  it('come with no package that reports home when it is installed', () => {
    const lock = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
    const { packages } = JSON.parse(lock) as { packages: Record<string, { name?: string }> };
    const scarf = Object.entries(packages).filter(([path]) => path.endsWith('node_modules/@scarf/scarf'));
    // Something that does nothing stands in its place.
    expect(scarf.map(([, { name }]) => name)).toEqual(['ms']);
  });

  it('fill in none of the filters that may be left out', async () => {
    const { paths } = (await (await fetch(`${app.url}/openapi.json`)).json()) as {
      paths: Record<string, { get?: { parameters: { required: boolean; example?: unknown; schema: object }[] } }>;
    };
    const optional = Object.values(paths).flatMap(
      ({ get }) => get?.parameters.filter(({ required }) => !required) ?? [],
    );
    expect(optional.length).toBeGreaterThan(20);
    expect(optional.filter((parameter) => 'example' in parameter || 'example' in parameter.schema)).toEqual([]);
  });
});
