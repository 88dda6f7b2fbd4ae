import { createHmac } from 'node:crypto';
import { Config } from '../../config/config.js';
import type { Headers } from '../webhook-source.js';
import { grafana } from './grafana.js';

const body = Buffer.from('{"alerts":[]}');
const hmac = (signed: string, secret = 'ours') => createHmac('sha256', secret).update(signed).digest('hex');

function isAuthentic(signature: string | undefined, timestamp?: string): boolean {
  const check = grafana.signature(new Config({ DEVOPSTIC_GRAFANA_WEBHOOK_SECRET: 'ours' }));
  const headers: Headers = { 'x-grafana-alerting-signature': signature, 'x-grafana-alerting-timestamp': timestamp };
  return check.isAuthentic(body, headers);
}

describe('a signature of Grafana', () => {
  it('is of the body, or of the timestamp and the body', () => {
    expect(isAuthentic(hmac(`${body}`))).toBe(true);
    expect(isAuthentic(hmac(`1772447400:${body}`), '1772447400')).toBe(true);
  });

  it('is none for another timestamp, another body, by another secret, or if it is missing', () => {
    expect(isAuthentic(hmac(`1772447400:${body}`), '1772447401')).toBe(false);
    expect(isAuthentic(hmac(`1772447400:${body}`))).toBe(false);
    expect(isAuthentic(hmac(`${body}`), '1772447400')).toBe(false);
    expect(isAuthentic(hmac('{}'))).toBe(false);
    expect(isAuthentic(hmac(`${body}`, 'theirs'))).toBe(false);
    expect(isAuthentic(undefined)).toBe(false);
  });
});
