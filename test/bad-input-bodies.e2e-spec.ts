import { startApp, type TestApp } from './support/app.js';
import { aKey, problemOf } from './support/people.js';
import { rowCounts } from './support/row-counts.js';

const EVENT = '{"type":"commit","pipeline_id":"shop","commit_id":"c1"}';
const ROUTES = [
  '/events',
  '/webhook/{key}/events',
  '/events/batch',
  '/deployments',
  '/incidents',
  '/users',
  '/api-keys',
  '/tokens',
];
const DEEP = 100_000;

const nested = (open: string, close: string): string => `${open.repeat(DEEP)}1${close.repeat(DEEP)}`;
const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

/** Bodies that no route can take. */
const NO_JSON: [string, string | Buffer][] = [
  ['nothing', ''],
  ['blanks', ' \r\n\t '],
  ['half an object', '{"type":'],
  ['a word', 'nonsense'],
  ['two values', `${EVENT} ${EVENT}`],
  ['a trailing comma', '{"type":"commit",}'],
  ['a comment', `/* */${EVENT}`],
  ['single quotes', `{'type':'commit'}`],
  ['NaN', '{"pull_request_id":NaN}'],
  ['a bare NUL', bytes('{"type":"com', [0], 'mit"}')],
  ['invalid UTF-8', bytes('{"type":"', [0xff, 0xfe], '"}')],
  ['a surrogate in UTF-8', bytes('{"type":"', [0xed, 0xa0, 0x80], '"}')],
  ['an overlong form', bytes('{"type":"', [0xc0, 0x80], '"}')],
  ['UTF-16', Buffer.from(EVENT, 'utf16le')],
  ['a form', 'type=commit&pipeline_id=shop'],
];

/** Bodies that are JSON, and still nothing that any route can take. */
const WRONG: [string, string][] = [
  ['null', 'null'],
  ['a number', '1'],
  ['a huge number', '1e400'],
  ['a text', '"commit"'],
  ['true', 'true'],
  ['nested objects', nested('{"a":', '}')],
];

describe('a body that is no request is refused, and nothing is stored:', () => {
  let app: TestApp;
  let key: string;
  let before: Record<string, number>;
  beforeAll(async () => {
    app = await startApp();
    key = (await aKey(app)).secret;
    before = await rowCounts(app);
  });
  afterEach(async () => expect(await rowCounts(app)).toEqual(before));
  afterAll(() => app.close());

  const post = (path: string, body: string | Buffer, type: string | null = 'application/json'): Promise<Response> =>
    fetch(app.url + path.replace('{key}', key), {
      method: 'POST',
      headers: { ...(type === null ? {} : { 'content-type': type }), authorization: `Bearer ${app.admin}` },
      body: typeof body === 'string' ? Buffer.from(body) : body,
    });

  describe.each(ROUTES)('%s', (path) => {
    it.each(NO_JSON)('%s', async (_what, body) => {
      expect((await problemOf(await post(path, body))).status).toBe(400);
    });

    it.each(WRONG)('%s', async (_what, body) => {
      expect((await problemOf(await post(path, body))).status).toBe(400);
    });

    it('an array for an object, or an object for an array', async () => {
      const body = path === '/events/batch' ? EVENT : `[${EVENT}]`;
      expect(await problemOf(await post(path, body))).toMatchObject({ status: 400, pointers: [''] });
    });

    it('nesting inside of a field', async () => {
      const deep = await post(path, `{"type":${nested('[', ']')}}`);
      expect((await problemOf(deep)).status).toBe(400);
      const unknown = await post(path, `{"nonsense":${nested('{"a":', '}')}}`);
      expect((await problemOf(unknown)).status).toBe(400);
    });

    it('more unknown fields than anybody wants to read about', async () => {
      const body = JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`field${n}`, n])));
      const answer = await post(path, body);
      expect(answer.status).toBe(400);
      expect((await answer.text()).length).toBeLessThan(100_000);
    });

    it.each([
      null,
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'application/xml',
      ';',
      'json',
    ])('of the content type %s', async (type) => {
      const body = path === '/events/batch' ? `[${EVENT}]` : EVENT;
      expect((await problemOf(await post(path, body, type))).status).toBe(415);
    });

    it('of 10 MB', async () => {
      const large = `{"type":"${'x'.repeat(10_000_000)}"}`;
      const { status } = await problemOf(await post(path, large));
      expect(status).toBe(path === '/events/batch' ? 400 : 413);
    });
  });

  it('a batch of more than 25 MiB, or of more than 10,000 items', async () => {
    const large = `[${EVENT},"${'x'.repeat(26 * 1024 * 1024)}"]`;
    expect((await problemOf(await post('/events/batch', large))).status).toBe(413);
    const many = `[${Array.from({ length: 10_001 }, () => EVENT).join(',')}]`;
    expect(await problemOf(await post('/events/batch', many))).toMatchObject({ status: 400, pointers: [''] });
  });

  it('NDJSON where JSON is wanted', async () => {
    expect((await problemOf(await post('/events', `${EVENT}\n${EVENT}`, 'application/x-ndjson'))).status).toBe(415);
  });

  const ITEMS: [string, string, string | undefined][] = [
    ['null', 'null', ''],
    ['a number', '1', ''],
    ['an array', `[${EVENT}]`, ''],
    ['nested arrays', '['.repeat(5000) + ']'.repeat(5000), ''],
    ['a NUL', EVENT.replace('c1', 'a\\u0000b'), '/commit_id'],
    ['half a surrogate pair', EVENT.replace('shop', '\\ud800'), '/pipeline_id'],
    ['an unknown field', EVENT.replace('}', ',"nonsense":1}'), '/nonsense'],
    ['a prototype', EVENT.replace('}', ',"__proto__":{"type":"deploy"}}'), '/__proto__'],
    ['a huge number', EVENT.replace('}', ',"pull_request_id":1e400}'), '/pull_request_id'],
    ['no type', '{"pipeline_id":"shop","commit_id":"c1"}', '/type'],
  ];

  it.each(ITEMS)('an item of a batch that is or has %s', async (_what, item, pointer) => {
    const array = await post('/events/batch', `[${item}]`);
    const lines = await post('/events/batch', `\n${item}\n`, 'application/x-ndjson');
    for (const answer of [array, lines]) {
      expect(answer.status).toBe(200);
      const { accepted, rejected, errors } = (await answer.json()) as Record<string, unknown>;
      expect({ accepted, rejected }).toEqual({ accepted: 0, rejected: 1 });
      expect(errors).toEqual([{ index: 0, pointer, detail: expect.any(String) }]);
    }
  });

  it.each([
    ['broken JSON', '{"type":'],
    ['invalid UTF-8', bytes('{"type":"', [0xff], '"}')],
    ['a line without end', 'x'.repeat(3_000_000)],
  ])('a line of NDJSON that is %s', async (_what, line) => {
    const answer = await post('/events/batch', line, 'application/x-ndjson');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ accepted: 0, rejected: 1, errors: [{ index: 0, pointer: '' }] });
  });
});
