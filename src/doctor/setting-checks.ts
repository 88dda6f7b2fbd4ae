import { MIN_WEBHOOK_SECRET } from '../config/config.js';
import { type Overrides, projectionSettings } from '../database/projection-settings.js';
import { overrides } from '../database/settings.js';
import { Rebuild } from '../events/rebuild.js';
import { type Check, found } from './finding.js';

const unknownVariables: Check = async ({ config }) =>
  found({
    name: 'unknown_variables',
    severity: 'warning',
    what: 'Variables look like settings and are none:',
    why: 'Most likely they are misspelt, and the default is used instead.',
    remedy: 'Compare them with .env.example, and correct or remove them.',
    items: [...config.unknown],
  });

/** Those of hooks are refused when they are declared; older ones stay. */
const shortSecrets: Check = async ({ config, dataSource }) => {
  const hooks = await dataSource.query<{ name: string }[]>(
    `SELECT h.name FROM devopstic.hooks AS h
     WHERE EXISTS (SELECT FROM unnest(h.secrets) AS s (secret) WHERE length(s.secret) < $1) ORDER BY h.name`,
    [MIN_WEBHOOK_SECRET],
  );
  return found({
    name: 'short_webhook_secrets',
    severity: 'warning',
    what: `Secrets of webhooks have fewer than ${MIN_WEBHOOK_SECRET} characters:`,
    why: 'Whoever sees one signed delivery can guess such a secret, and then tell whatever they like.',
    remedy:
      'Make up a longer one (openssl rand -hex 32), give both separated by a comma, change it at the provider, and take the old one away.',
    items: [...config.short_webhook_secrets, ...hooks.map(({ name }) => `hook ${name}`)],
  });
};

const openMetrics: Check = async ({ config }) => {
  if (config.metrics_token !== null || isLocal(config.host)) return null;
  return {
    name: 'open_metrics',
    severity: 'note',
    what: 'Anyone who reaches the service may read GET /metrics.',
    why: 'It names the pipelines and tells their numbers.',
    remedy:
      'Set DEVOPSTIC_METRICS_TOKEN, and give it to Prometheus as a bearer token; or close the path in your proxy.',
    items: [],
  };
};

function isLocal(host: string): boolean {
  return ['localhost', '127.0.0.1', '::1'].includes(host);
}

const rebuildDue: Check = async ({ dataSource }) =>
  found({
    name: 'rebuild_due',
    severity: 'warning',
    what: 'Rows are still derived with other settings than the present ones:',
    why: 'Until they are derived again, some numbers are of the old settings and some of the new.',
    remedy: 'The running service does it by itself; if this stays, look into its log, or run devopstic rebuild.',
    items: [...new Set(await new Rebuild(dataSource).due())],
  });

/** The doctor sees the settings of its own shell; those that the service started with are stored, in part. */
const otherSettings: Check = async ({ config, dataSource }) => {
  const rows = await dataSource.query<{ name: string; value: unknown }[]>('SELECT name, value FROM devopstic.settings');
  const stored = new Map(rows.map(({ name, value }) => [name, value]));
  const differing = Object.entries(projectionSettings(config, await overrides(dataSource))).filter(
    ([name, value]) => stored.has(name) && stored.get(name) !== value,
  );
  return found({
    name: 'other_settings',
    severity: 'note',
    what: 'The service was started with other settings than this shell has:',
    why: 'What is said here of settings may not be true of the service; with these, its next start would change its rows.',
    remedy: 'Run this with the settings of the service.',
    items: differing.map(
      ([name, value]) => `${name}: ${JSON.stringify(stored.get(name))} there, ${JSON.stringify(value)} here`,
    ),
  });
};

const overriddenSettings: Check = async ({ config, dataSource }) => {
  const rules = Object.entries(await overrides(dataSource)) as [keyof Overrides, string | null][];
  const differing = rules.filter(([name, value]) => value !== null && value !== config[name]);
  return found({
    name: 'overridden_settings',
    severity: 'note',
    what: 'The scope rules stand before variables that say otherwise:',
    why: 'Changing these variables changes nothing.',
    remedy: 'Change the rules by PUT /scope; with null there, the variable counts again.',
    items: differing.map(
      ([name, value]) =>
        `${name}: ${JSON.stringify(value)} by the rules, ${JSON.stringify(config[name])} by the variable`,
    ),
  });
};

export const SETTING_CHECKS: readonly Check[] = [
  unknownVariables,
  shortSecrets,
  rebuildDue,
  otherSettings,
  overriddenSettings,
  openMetrics,
];
