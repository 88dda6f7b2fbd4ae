import { createHmac } from 'node:crypto';
import { startApp, type TestApp } from './support/app.js';
import { aDeclaration, aPayload, HookClient } from './support/hooks.js';
import { aKey } from './support/people.js';

const SECRET = 'a secret of sixteen letters and more';

let app: TestApp;
let hooks: HookClient;

beforeAll(async () => {
  app = await startApp();
  hooks = new HookClient(app, (await aKey(app)).secret);
});
afterAll(() => app.close());

/** In seconds since 1970. */
function secondsAgo(seconds: number): string {
  return String(Math.floor(Date.now() / 1000) - seconds);
}

function hmac(text: string, secret = SECRET): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}

/** One header with both, as `t=1772447400,v1=…`. */
const IN_ONE = {
  kind: 'hmac',
  header: 'X-Signed',
  prefix: 'v1=',
  signed: '{time}.{body}',
  time: { header: 'X-Signed', prefix: 't=', tolerance_s: 300 },
  secrets: [SECRET],
};

/** Two headers, and a version before the time. */
const IN_TWO = {
  kind: 'hmac',
  header: 'X-Signature',
  prefix: 'v0=',
  signed: 'v0:{time}:{body}',
  time: { header: 'X-Time' },
  secrets: [SECRET],
};

describe('a signature over a time and the body', () => {
  const payload = aPayload();
  const body = JSON.stringify(payload);
  const statusOf = async (name: string, headers: Record<string, string>) =>
    (await hooks.send(name, payload, headers, null)).status;

  it('may stand in one header with its time', async () => {
    const name = await hooks.declared(aDeclaration({ signature: IN_ONE }));
    const now = secondsAgo(0);
    const right = `v1=${hmac(`${now}.${body}`)}`;
    for (const [proof, status] of [
      [`t=${now},${right}`, 200],
      [`t=${now},v1=${hmac(`${now}.${body}`, 'another secret')},${right}`, 200],
      [`t=${now},v0=${hmac(`${now}.${body}`)}`, 401],
      [`t=${now},v1=${hmac(body)}`, 401],
      [`t=${now},${right}0`, 401],
      [`t=${secondsAgo(1)},${right}`, 401],
      [right, 401],
      [`t=,${right}`, 401],
    ] as const) {
      expect([proof, await statusOf(name, { 'x-signed': proof })]).toEqual([proof, status]);
    }
    expect(await statusOf(name, {})).toBe(401);
  });

  it('is of no use once it is older than is tolerated, or of a time that is no time', async () => {
    const name = await hooks.declared(aDeclaration({ signature: IN_ONE }));
    for (const [time, status] of [
      [secondsAgo(240), 200],
      [secondsAgo(-240), 200],
      [secondsAgo(360), 401],
      [secondsAgo(-360), 401],
      [`${secondsAgo(0)}000`, 401],
      ['now', 401],
    ] as const) {
      const proof = `t=${time},v1=${hmac(`${time}.${body}`)}`;
      expect([time, await statusOf(name, { 'x-signed': proof })]).toEqual([time, status]);
    }
  });

  it('may stand beside its time, which may be of any age if nothing is said of it', async () => {
    const name = await hooks.declared(aDeclaration({ signature: IN_TWO }));
    const proofOf = (time: string) => ({ 'x-time': time, 'x-signature': `v0=${hmac(`v0:${time}:${body}`)}` });
    expect(await statusOf(name, proofOf('1772447400'))).toBe(200);
    expect(await statusOf(name, proofOf('yesterday'))).toBe(401);
    expect(await statusOf(name, { ...proofOf('1772447400'), 'x-time': '1772447401' })).toBe(401);
    const { 'x-signature': signature } = proofOf('1772447400');
    expect(await statusOf(name, { 'x-signature': signature })).toBe(401);
  });

  it('has its time in whatever format is declared', async () => {
    const time = { header: 'X-Time', format: 'rfc3339', tolerance_s: 300 };
    const name = await hooks.declared(aDeclaration({ signature: { ...IN_TWO, time } }));
    const proofOf = (text: string) => ({ 'x-time': text, 'x-signature': `v0=${hmac(`v0:${text}:${body}`)}` });
    expect(await statusOf(name, proofOf(new Date().toISOString()))).toBe(200);
    expect(await statusOf(name, proofOf('2026-03-02T10:30:00Z'))).toBe(401);
    expect(await statusOf(name, proofOf(secondsAgo(0)))).toBe(401);
  });

  it('is answered and kept without the secret', async () => {
    const name = await hooks.declared(aDeclaration({ signature: IN_ONE }));
    const shown = await (await app.request('GET', `/hooks/${name}`)).text();
    expect(shown).toContain('"signed":"{time}.{body}","time":{"header":"X-Signed","prefix":"t=","tolerance_s":300}');
    expect(shown).not.toContain(SECRET);
    const now = secondsAgo(0);
    await statusOf(name, { 'x-signed': `t=${now},v1=${hmac(`${now}.${body}`)}` });
    expect(JSON.stringify(await hooks.deliveries(name))).not.toContain('v1=');
  });
});
