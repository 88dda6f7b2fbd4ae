import { readFileSync } from 'node:fs';
import { SIGNING_SOURCES } from './config.js';
import { Config, ConfigError } from './config.js';

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    void new Config(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(new Config({})).toEqual({
      host: '0.0.0.0',
      port: 8080,
      trusted_proxies: [],
      database: null,
      data_dir: '.devopstic',
      embedded_port: null,
      username: null,
      password: null,
      jwt_secret: null,
      token_ttl_seconds: 43_200,
      webhook_secrets: Object.fromEntries(SIGNING_SOURCES.map((source) => [source, []])),
      short_webhook_secrets: [],
      github_allow_sha1: false,
      github_pipeline_id: 'full_name',
      github_approval: 'merge',
      github_token: null,
      production_environments: '^(prod|production|live)$',
      bot_authors: '\\[bot\\]$|^dependabot|^renovate',
      incident_window_seconds: 86_400,
      public_read: false,
      metrics_token: null,
      grafana_password: null,
      service_url: 'http://localhost:8080',
      service_key: null,
      log_level: 'info',
      delivery_retention_seconds: 7_776_000,
      audit_retention_seconds: 31_536_000,
      unknown: [],
    });
  });

  it('names every wrong variable at once', () => {
    const faults = faultsOf({
      DEVOPSTIC_PORT: 'eighty',
      DEVOPSTIC_TRUSTED_PROXIES: '10.0.0.1, proxy.local',
      DEVOPSTIC_DATABASE_PORT: '70000',
      DEVOPSTIC_DATABASE_SSL: 'yes',
      DEVOPSTIC_EMBEDDED_PORT: '1.5',
      DEVOPSTIC_JWT_SECRET: 'short',
      DEVOPSTIC_TOKEN_TTL: '12 hours',
      DEVOPSTIC_GITHUB_PIPELINE_ID: 'id',
      DEVOPSTIC_GITHUB_APPROVAL: 'author',
      DEVOPSTIC_GITHUB_ALLOW_SHA1: 'maybe',
      DEVOPSTIC_PRODUCTION_ENVIRONMENTS: '(',
      DEVOPSTIC_BOT_AUTHORS: '[',
      DEVOPSTIC_INCIDENT_WINDOW: '-1h',
      DEVOPSTIC_PUBLIC_READ: 'yes please',
      DEVOPSTIC_URL: 'devopstic.example.com',
      DEVOPSTIC_LOG_LEVEL: 'loud',
      DEVOPSTIC_DELIVERY_RETENTION: '90',
      DEVOPSTIC_AUDIT_RETENTION: 'a year',
      DEVOPSTIC_USERNAME: 'ada',
    });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'DEVOPSTIC_PORT',
      'DEVOPSTIC_TRUSTED_PROXIES',
      'DEVOPSTIC_DATABASE_PORT',
      'DEVOPSTIC_DATABASE_SSL',
      'DEVOPSTIC_EMBEDDED_PORT',
      'DEVOPSTIC_JWT_SECRET',
      'DEVOPSTIC_TOKEN_TTL',
      'DEVOPSTIC_GITHUB_ALLOW_SHA1',
      'DEVOPSTIC_GITHUB_PIPELINE_ID',
      'DEVOPSTIC_GITHUB_APPROVAL',
      'DEVOPSTIC_PRODUCTION_ENVIRONMENTS',
      'DEVOPSTIC_BOT_AUTHORS',
      'DEVOPSTIC_INCIDENT_WINDOW',
      'DEVOPSTIC_PUBLIC_READ',
      'DEVOPSTIC_URL',
      'DEVOPSTIC_LOG_LEVEL',
      'DEVOPSTIC_DELIVERY_RETENTION',
      'DEVOPSTIC_AUDIT_RETENTION',
      'DEVOPSTIC_PASSWORD',
    ]);
  });

  it('never repeats a secret that is wrong', () => {
    const secrets = { DEVOPSTIC_JWT_SECRET: 'hunter2', DEVOPSTIC_PASSWORD: 'hunter2', DEVOPSTIC_USERNAME: 'ada' };
    expect(faultsOf(secrets).join()).not.toContain('hunter2');
    expect(faultsOf(secrets)).toHaveLength(2);
  });

  it.each(['HOST', 'PORT', 'USER', 'PASSWORD', 'NAME', 'SSL'])('uses a given database once %s is set', (name) => {
    const value = { PORT: '5433', SSL: 'require' }[name] ?? 'given';
    const { database } = new Config({ [`DEVOPSTIC_DATABASE_${name}`]: value });
    expect(database).toEqual({
      host: 'localhost',
      port: 5432,
      user: undefined,
      password: undefined,
      name: 'devopstic',
      ssl: 'off',
      [name.toLowerCase()]: name === 'PORT' ? 5433 : value,
    });
  });

  it('reads durations with their unit', () => {
    const window = (value: string) => new Config({ DEVOPSTIC_INCIDENT_WINDOW: value }).incident_window_seconds;
    expect(['0', '90s', '15m', '12h', '90d', '2w'].map(window)).toEqual([0, 90, 900, 43_200, 7_776_000, 1_209_600]);
  });

  it('takes addresses and ranges of trusted proxies', () => {
    const { trusted_proxies } = new Config({ DEVOPSTIC_TRUSTED_PROXIES: '127.0.0.1, ::1,10.0.0.0/8, fd00::/8' });
    expect(trusted_proxies).toEqual(['127.0.0.1', '::1', '10.0.0.0/8', 'fd00::/8']);
  });

  it.each(['10.0.0', 'proxy.local', '10.0.0.0/33', '10.0.0.0/0', '10.0.0.0/', '10.0.0.0/8/8', 'fd00::/129', '*'])(
    'names a trusted proxy of no address: %s',
    (wrong) => {
      const faults = faultsOf({ DEVOPSTIC_TRUSTED_PROXIES: `127.0.0.1,${wrong}` });
      expect(faults).toEqual([expect.stringMatching(/^DEVOPSTIC_TRUSTED_PROXIES .* wrong: "[^ ]+"$/)]);
      expect(faults[0]).toContain(`"${wrong}"`);
    },
  );

  it('honours PORT, but rather its own variable', () => {
    expect(new Config({ PORT: '3000' }).port).toBe(3000);
    expect(new Config({ PORT: '3000', DEVOPSTIC_PORT: '4000' }).port).toBe(4000);
  });

  it('takes several secrets, for their rotation', () => {
    const { webhook_secrets } = new Config({ DEVOPSTIC_GITHUB_WEBHOOK_SECRET: 'old, new,' });
    expect(webhook_secrets.github).toEqual(['old', 'new']);
  });

  it('takes secrets of webhooks that are too short, and names their variables', () => {
    const config = new Config({
      DEVOPSTIC_GITHUB_WEBHOOK_SECRET: 'a sixteen-letter,fifteen letters',
      DEVOPSTIC_GITLAB_WEBHOOK_SECRET: 'sixteen letters.',
      DEVOPSTIC_INCIDENTIO_WEBHOOK_SECRET: 'whsec_c2hvcnQ=',
    });
    expect(config.webhook_secrets.github).toEqual(['a sixteen-letter', 'fifteen letters']);
    expect(config.short_webhook_secrets).toEqual([
      'DEVOPSTIC_GITHUB_WEBHOOK_SECRET',
      'DEVOPSTIC_INCIDENTIO_WEBHOOK_SECRET',
    ]);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(new Config({ DEVOPSTIC_DATABASE_HOST: '', DEVOPSTIC_PORT: ' ', DEVOPSTIC_PASSWORD: '' })).toEqual(
      new Config({}),
    );
  });

  it('keeps the spaces of a password, and drops the newline that a file ends with', () => {
    const { password } = new Config({ DEVOPSTIC_USERNAME: 'ada', DEVOPSTIC_PASSWORD: ' a pass word \n' });
    expect(password).toBe(' a pass word ');
  });

  it('is not misled by what Kubernetes sets for a service named devopstic', () => {
    const config = new Config({
      DEVOPSTIC_PORT: 'tcp://10.0.0.1:8080',
      DEVOPSTIC_SERVICE_HOST: '10.0.0.1',
      DEVOPSTIC_SERVICE_PORT: '8080',
      DEVOPSTIC_PORT_8080_TCP_ADDR: '10.0.0.1',
      DEVOPSTIC_DATABASE_PORT: 'tcp://10.0.0.2:5432',
    });
    expect(config).toEqual(new Config({}));
  });

  it('notices variables that are most likely typing errors', () => {
    expect(new Config({ DEVOPSTIC_PASWORD: 'x', OTHER: 'y' }).unknown).toEqual(['DEVOPSTIC_PASWORD']);
  });

  it('of ours is all in .env.example, with the default', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const lines = [...example.matchAll(/^#(DEVOPSTIC_\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]);
    const asked = new Set<string>();
    const defaults = new Config(recorder(asked));
    expect(lines.map(([name]) => name).toSorted()).toEqual(
      [...asked].filter((name) => name.startsWith('DEVOPSTIC_')).toSorted(),
    );
    const other = lines.filter(([name]) => !name?.startsWith('DEVOPSTIC_DATABASE_'));
    expect(new Config(Object.fromEntries(other) as Record<string, string>)).toEqual(defaults);
  });
});

/** An empty environment that notes which variables are asked for. */
function recorder(asked: Set<string>): Record<string, string> {
  const note = (_: object, name: string | symbol): undefined => void asked.add(String(name));
  return new Proxy({}, { get: note });
}
