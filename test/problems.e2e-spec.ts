import { connect } from 'node:net';
import { startApp, type TestApp } from './support/app.js';

interface ProblemAnswer {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  request_id: string;
  errors: { pointer: string; detail: string }[];
}

describe('an error', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await startApp();
  });
  afterAll(() => service.close());

  async function refused(path: string, init: RequestInit = {}): Promise<ProblemAnswer> {
    const answer = await fetch(`${service.url}${path}`, init);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    const problem = (await answer.json()) as ProblemAnswer;
    expect(problem.status).toBe(answer.status);
    expect(problem.request_id).toBe(answer.headers.get('x-request-id'));
    return problem;
  }

  function posted(body: string | Buffer, type = 'application/json'): RequestInit {
    return { method: 'POST', headers: { 'content-type': type }, body };
  }

  it('is a problem where there is no such path', async () => {
    expect(await refused('/nowhere?token=secret')).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'There is no GET /nowhere',
      instance: '/nowhere',
      request_id: expect.any(String),
      errors: [],
    });
  });

  it.each([
    ['broken JSON', '{"username":', 400],
    ['two values', '{} {}', 400],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 400],
    ['no object', '[]', 400],
    ['a text', '"text"', 400],
    ['null fields', '{"username":null,"password":null}', 400],
    ['nothing', '', 400],
    ['a NUL', '{"username":"a\\u0000b","password":"x"}', 400],
    ['half a surrogate pair', '{"username":"a\\ud800b","password":"x"}', 400],
    ['a prototype', '{"__proto__":{"admin":true},"username":"a","password":"x"}', 400],
    ['a constructor', '{"constructor":{"prototype":{}},"username":"a","password":"x"}', 400],
    ['an unknown field', '{"username":"a","password":"x","nick\\u007ename/":"b"}', 400],
    ['a number too large', '{"username":1e999,"password":"x"}', 400],
    ['deep nesting', `{"username":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 400],
    ['deep nesting in an unknown field', `{"a":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`, 400],
    ['10 MB', `{"username":"${'x'.repeat(10_000_000)}"}`, 413],
  ])('is a problem where the body is %s', async (_what, body, status) => {
    expect(await refused('/tokens', posted(body))).toMatchObject({ status });
  });

  it('names the field by a JSON pointer', async () => {
    const { errors } = await refused('/tokens', posted('{"username":"a\\u0000b","password":"x"}'));
    expect(errors).toEqual([{ pointer: '/username', detail: 'must not contain the character U+0000' }]);
    const unknown = await refused('/tokens', posted('{"username":"a","password":"x","a~b/c":1}'));
    expect(unknown.errors).toEqual([{ pointer: '/a~0b~1c', detail: 'is not known here' }]);
  });

  it('does not cite the body, which may hold a password', async () => {
    const { detail } = await refused('/tokens', posted('{"username":"a","password":"hunter2",}'));
    expect(detail).toMatch(/^The body is not valid JSON at position \d+/);
    expect(detail).not.toContain('hunter2');
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/x-ndjson', 'application/xml', 'nonsense'])(
    'is a problem where the content type is %s',
    async (type) => {
      expect(await refused('/tokens', posted('x', type))).toMatchObject({ status: 415 });
    },
  );

  it('is a problem where the path cannot be decoded', async () => {
    expect(await refused('/users/%zz')).toMatchObject({ status: 400, instance: '/users/%zz' });
  });

  it('is a problem where the path is too long', async () => {
    const long = `/webhook/${'x'.repeat(1000)}/events`;
    expect(await refused(long, posted('{}'))).toMatchObject({ status: 414, instance: '/webhook/{key}/events' });
  });

  it('never shows the key of a webhook URL', async () => {
    const key = 'dvo_a-key-that-nobody-may-see';
    const problem = await refused(`/webhook/${key}/nowhere`, { method: 'POST' });
    expect(problem).toMatchObject({ status: 404, instance: '/webhook/{key}/nowhere' });
    expect(JSON.stringify(problem)).not.toContain(key);
  });

  it('takes the request id of the caller if that is fit for a log', async () => {
    const given = await refused('/nowhere', { headers: { 'x-request-id': 'trace-0123456789' } });
    expect(given.request_id).toBe('trace-0123456789');
    const unfit = await refused('/nowhere', { headers: { 'x-request-id': '<script>alert(1)</script>' } });
    expect(unfit.request_id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is a problem even where the request is no HTTP', async () => {
    const answer = await raw(service.url, 'NONSENSE\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json/);
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ status: 400, title: 'Bad Request' });
  });

  it('is a problem where the headers are too large', async () => {
    const answer = await raw(service.url, `GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ status: 431 });
  });

  it('of ours says nothing internal, and the request id to ask for', async () => {
    await service.dataSource.query('ALTER TABLE devopstic.pipelines RENAME TO gone');
    const headers = { authorization: `Bearer ${service.admin}`, 'x-request-id': 'trace-0123456789' };
    const problem = await refused('/pipelines', { headers });
    await service.dataSource.query('ALTER TABLE devopstic.gone RENAME TO pipelines');
    expect(problem).toMatchObject({
      status: 500,
      detail: 'Something went wrong on our side. It is logged under the request id trace-0123456789.',
    });
  });
});

function raw(url: string, request: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(request));
    socket.on('data', (chunk) => (answer += String(chunk)));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}
