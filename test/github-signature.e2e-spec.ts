import { startApp, type TestApp } from './support/app.js';
import { aPullRequest } from './support/github-payloads.js';
import { GITHUB_SECRET, GithubSender, signatureOf } from './support/github-sender.js';

let app: TestApp;
let github: GithubSender;

beforeAll(async () => {
  app = await startApp({ DEVOPSTIC_GITHUB_WEBHOOK_SECRET: `the secret before, ${GITHUB_SECRET}` });
  github = new GithubSender(app.url);
});
afterAll(() => app.close());

async function countKept(): Promise<number> {
  const [row] = await app.dataSource.query<{ n: number }[]>(`
    SELECT ((SELECT count(*) FROM devopstic.events) + (SELECT count(*) FROM devopstic.webhook_deliveries))::int AS n`);
  return row?.n ?? Number.NaN;
}

describe('a signature', () => {
  const body = JSON.stringify(aPullRequest('opened', { number: 90, head: 'never' }));

  async function refusedWith(headers: Record<string, string | undefined>): Promise<void> {
    const kept = await countKept();
    const { status, type, body: problem } = await github.sendRaw('pull_request', body, { headers });
    expect({ status, type }).toEqual({ status: 401, type: 'application/problem+json; charset=utf-8' });
    expect(problem.detail).toContain('signature');
    expect(await countKept()).toBe(kept);
  }

  it.each([
    ['by an unknown secret', signatureOf(body, 'a guess')],
    ['by an empty secret', signatureOf(body, '')],
    ['of another body', signatureOf(`${body} `)],
    ['cut short', signatureOf(body).slice(0, -1)],
    ['without its algorithm', signatureOf(body).replace('sha256=', '')],
    ['missing', undefined],
  ])('%s is refused, and nothing is kept', async (_what, signature) => {
    await refusedWith({ 'x-hub-signature-256': signature });
  });

  it('by SHA-1 is refused unless that is allowed, and then only where there is no better one', async () => {
    const sha1 = { 'x-hub-signature': signatureOf(body, GITHUB_SECRET, 'sha1') };
    await refusedWith({ ...sha1, 'x-hub-signature-256': undefined });
    const lenient = await startApp({
      DEVOPSTIC_GITHUB_WEBHOOK_SECRET: GITHUB_SECRET,
      DEVOPSTIC_GITHUB_ALLOW_SHA1: 'true',
    });
    const sender = new GithubSender(lenient.url);
    const alone = await sender.sendRaw('ping', body, { headers: { ...sha1, 'x-hub-signature-256': undefined } });
    const besideWrong = await sender.sendRaw('ping', body, {
      headers: { ...sha1, 'x-hub-signature-256': 'sha256=00' },
    });
    expect([alone.status, besideWrong.status]).toEqual([200, 401]);
    await lenient.close();
  });

  it('by any of the configured secrets is accepted', async () => {
    expect((await github.send('ping', {}, { secret: 'the secret before' })).status).toBe(200);
    expect((await github.send('ping', {}, { secret: GITHUB_SECRET })).status).toBe(200);
  });

  it('is not asked for where no secret is configured: the path is not there', async () => {
    const off = await startApp();
    expect((await new GithubSender(off.url).send('ping', {})).status).toBe(404);
    await off.close();
  });
});
