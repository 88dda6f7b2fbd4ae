import { startApp, type TestApp } from './support/app.js';

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

  it('ask no validator of somebody else, and call the service that they came from', async () => {
    const start = await textOf('/docs/swagger-ui-init.js');
    expect(start).toContain('"validatorUrl": null');
    const { servers } = (await (await fetch(`${app.url}/openapi.json`)).json()) as { servers: unknown };
    expect(servers).toEqual([{ url: '/', description: 'This service' }]);
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
