import { createServer } from 'node:http';
import { aCiWorld, runScript, watchedCurl, type CiWorld } from './support/ci.js';
import { readDocument } from './support/documents.js';
import { listening } from './support/listening.js';

const SCRIPT = readDocument('ci/send-event.sh');

describe('ci/send-event.sh', () => {
  let world: CiWorld;
  const curl = watchedCurl();
  beforeAll(async () => {
    world = await aCiWorld();
  });
  afterAll(() => world.close());

  /** Fields by their names in the API, other variables as they are. */
  function send(fields: Record<string, string>, others: Record<string, string> = {}, shell = 'sh') {
    const named = Object.entries(fields).map(([name, value]) => [`DEVOPSTIC_EVENT_${name.toUpperCase()}`, value]);
    const environment = { ...world.variables, PATH_FIRST: curl.folder };
    return runScript(SCRIPT, { ...environment, ...Object.fromEntries(named), ...others }, shell.split(' '));
  }

  const deploy = { pipeline_id: 'p', environment: 'production', status: 'success', commit_id: 'c1' };

  it.each([
    ['quotes and backslashes', `it's "so" \\ \\n \\u0041 \\`],
    ['what a shell would expand', '$(touch /tmp/pwned) `id` ${HOME} *'],
    ['what printf and awk would take for theirs', '%s %d & \\\\1 %'],
    ['line breaks, tabs and other control characters', 'a\nb\r\n\tc\u0001\u001f\u007f'],
    ['any script there is', 'ünïcödé 日本語 🚀 \u2028'],
    ['JSON', '"}], {"type": "x", "'],
    ['blanks at both ends', '  a  b  '],
    ['words of GitHub', '::error::x\n::set-output name=a::b'],
  ])('keeps %s as they are', async (_, value) => {
    const { code, output } = await send({ ...deploy, pipeline_id: 'nasty', deployment_id: value });
    expect([code, output.split('\n').length]).toEqual([0, 2]);
    expect((await world.stored('nasty'))[0]).toMatchObject({ deployment_id: value });
  });

  it('sends numbers, flags and lists as such, and leaves out what is empty', async () => {
    const fields = {
      ...deploy,
      pipeline_id: 'kinds',
      commits: 'a, b\n c',
      rollback: 'true',
      rework: 'false',
      timestamp: '1772447400',
      author: '',
    };
    expect((await send(fields)).code).toBe(0);
    expect((await world.stored('kinds'))[0]).toMatchObject({
      commits: ['a', 'b', 'c'],
      rollback: true,
      rework: false,
      timestamp: '2026-03-02T10:30:00.000Z',
      author: null,
    });
    expect((await send({ type: 'submit', pipeline_id: 'submits', commit_id: 'c1', pull_request_id: '7' })).code).toBe(
      0,
    );
    expect((await world.stored('submits'))[0]).toMatchObject({
      type: 'submit',
      pull_request_id: 7,
      status: 'success',
      environment: null,
    });
  });

  it('records the same event once', async () => {
    const fields = { ...deploy, pipeline_id: 'once' };
    expect([(await send(fields)).code, (await send(fields)).code]).toEqual([0, 0]);
    expect(await world.stored('once')).toHaveLength(1);
  });

  it.each(['sh', 'sh -x', 'bash -x'])('shows the key nowhere, run by %s', async (shell) => {
    const failed = await send({ ...deploy, status: 'nonsense' }, {}, shell);
    const { code, output } = await send(deploy, {}, shell);
    expect([code, output]).toEqual([0, expect.stringContaining('DevOpstic recorded')]);
    expect(output + failed.output).not.toContain(world.key);
    expect(curl.calls()).toContain('--config');
    expect(curl.calls()).not.toContain(world.key);
  });

  it.each([
    ['an event that is not valid', { ...deploy, status: 'nonsense' }, {}, /answered 400: .+; \/status .+/],
    ['a field that there is not', { ...deploy, enviroment: 'x' }, {}, /answered 400: .+; \/enviroment .+/],
    ['a wrong key', deploy, { DEVOPSTIC_KEY: 'dvo_wrong' }, /answered 401: .+/],
    ['a key with a line break', deploy, { DEVOPSTIC_KEY: 'a\nb' }, /DEVOPSTIC_KEY holds characters that no key has/],
    ['no key', deploy, { DEVOPSTIC_KEY: '' }, /DEVOPSTIC_KEY is not set/],
    ['no address', deploy, { DEVOPSTIC_URL: '' }, /DEVOPSTIC_URL is not set/],
    ['nobody there', deploy, { DEVOPSTIC_URL: 'http://127.0.0.1:1' }, /not recorded: curl: \(7\) .+/],
    ['somebody else there', deploy, { DEVOPSTIC_URL: '/docs' }, /answered 405: .+/],
  ])('says what is wrong with %s, and fails the job only if told to', async (_, fields, others, reason) => {
    const given: Record<string, string> = { ...others };
    if (given['DEVOPSTIC_URL'] === '/docs') given['DEVOPSTIC_URL'] = `${world.url}/docs`;
    expect(await send(fields, given)).toEqual({ code: 0, output: expect.stringMatching(reason) });
    const strict = { ...given, DEVOPSTIC_FAIL_ON_ERROR: 'true' };
    expect(await send(fields, strict)).toEqual({ code: 1, output: expect.stringMatching(reason) });
  });

  it.each([
    ['nobody there', 'http://127.0.0.1:1', /not recorded: curl: \(7\) [^\n]+\n$/],
    ['an address that is none', 'http://', /not recorded: curl: \(\d+\) [^\n]+\n$/],
  ])('says once what is wrong with %s, however often it was tried', async (_, url, reason) => {
    const impatient = watchedCurl(1);
    const { output } = await send(deploy, { DEVOPSTIC_URL: url, PATH_FIRST: impatient.folder });
    expect(output).toMatch(reason);
    expect(output.match(/curl: /g)).toHaveLength(1);
  });

  it('tries again while the service is away', async () => {
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += String(chunk)));
      request.on('end', () => {
        bodies.push(body);
        if (bodies.length === 1) request.socket.destroy();
        else response.writeHead(bodies.length === 2 ? 503 : 201, { 'Retry-After': '1' }).end('{}');
      });
    });
    const port = await listening(server);
    const others = { DEVOPSTIC_URL: `http://127.0.0.1:${port}`, PATH_FIRST: '/usr/bin' };
    const ended = await send(deploy, others);
    expect(ended).toEqual({ code: 0, output: expect.stringMatching(/^DevOpstic recorded: /) });
    expect(bodies).toEqual([bodies[0], bodies[0], bodies[0]]);
  });
});
