import { StartError } from '../start-error.js';
import { Settings } from './settings.js';

export interface DatabaseConfig {
  host: string;
  port: number;
  user: string | undefined;
  password: string | undefined;
  name: string;
  ssl: 'off' | 'require' | 'verify-full';
}

/** A configuration that cannot be used: says everything that is wrong with it at once. */
export class ConfigError extends StartError {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration is not valid:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/** Whose webhooks are signed, each with a secret of its own: DEVOPSTIC_GITHUB_WEBHOOK_SECRET and so on. */
export const SIGNING_SOURCES = [
  'github',
  'gitlab',
  'bitbucket',
  'gitea',
  'pagerduty',
  'grafana',
  'incidentio',
  'rootly',
  'flux',
  'circleci',
] as const;
type SigningSource = (typeof SIGNING_SOURCES)[number];

/** Whoever sees one delivery can try shorter ones until its signature is right. */
export const MIN_WEBHOOK_SECRET = 16;

type Environment = Readonly<Record<string, string | undefined>>;

/** Every setting of the service, read once and checked. Times are seconds. The only reader of the environment. */
export class Config {
  readonly host: string;
  readonly port: number;
  /** Addresses and ranges of reverse proxies, whose X-Forwarded-For is believed. */
  readonly trusted_proxies: readonly string[];
  /** The Postgres to use; null: the embedded one. */
  readonly database: DatabaseConfig | null;
  /** Where the embedded Postgres keeps its data. */
  readonly data_dir: string;
  /** The port of the embedded Postgres; null: a free one, kept in the data directory. */
  readonly embedded_port: number | null;
  /** The first admin. */
  readonly username: string | null;
  readonly password: string | null;
  /** Signs user tokens; null: generated and kept in the database. */
  readonly jwt_secret: string | null;
  readonly token_ttl_seconds: number;
  /** Any of these may have signed a webhook of that source; none: its path is off. */
  readonly webhook_secrets: Readonly<Record<SigningSource, readonly string[]>>;
  /** The variables with a shorter one than a webhook's secret should be. They count all the same: one cannot be told from an old one. */
  readonly short_webhook_secrets: readonly string[];
  /** Whether the old X-Hub-Signature is good enough where a sender has no other. */
  readonly github_allow_sha1: boolean;
  readonly github_pipeline_id: 'full_name' | 'name';
  /** What approves a pull request of any source: its merge, or the last review that approves it. */
  readonly github_approval: 'merge' | 'review';
  /** What `devopstic import github` reads with; under the name that other tools use as well. */
  readonly github_token: string | null;
  /** A regular expression, read by JavaScript and by Postgres alike; matched without regard to case. */
  readonly production_environments: string;
  /** A regular expression likewise, but matched as it is written. */
  readonly bot_authors: string;
  /** How long before an incident a deployment may have caused it; 0: never assumed. */
  readonly incident_window_seconds: number;
  /** Whether anyone may read the metrics and what they are made of, with no credential at all. */
  readonly public_read: boolean;
  /** Whoever reads /metrics must send it; null: anyone may. */
  readonly metrics_token: string | null;
  /** The password of Grafana's role in the database, for `devopstic grafana-role`; null: generated. */
  readonly grafana_password: string | null;
  /** Where commands that talk to a running service find it, and the API key or token that they send. */
  readonly service_url: string;
  readonly service_key: string | null;
  readonly log_level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** How long raw webhook deliveries are kept; 0: for ever. */
  readonly delivery_retention_seconds: number;
  /** How long it is kept who did what; 0: for ever. */
  readonly audit_retention_seconds: number;
  /** Variables that look like ours and are none: most likely a typing error. */
  readonly unknown: readonly string[];

  constructor(environment: Environment = process.env) {
    const read = new Settings(environment);
    this.host = read.text('HOST') ?? '0.0.0.0';
    this.port = read.port('PORT') ?? read.plainPort('PORT') ?? 8080;
    this.trusted_proxies = read.addresses('TRUSTED_PROXIES');
    this.database = readDatabase(read);
    this.data_dir = read.text('DATA_DIR') ?? '.devopstic';
    this.embedded_port = read.port('EMBEDDED_PORT');
    this.username = read.text('USERNAME', { longest: 200 });
    this.password = read.text('PASSWORD', { shortest: 8, longest: 1000 });
    this.jwt_secret = read.text('JWT_SECRET', { shortest: 32 });
    this.token_ttl_seconds = read.duration('TOKEN_TTL', '12h', { least: 60 });
    this.webhook_secrets = readWebhookSecrets(read);
    this.short_webhook_secrets = SIGNING_SOURCES.filter((source) => this.webhook_secrets[source].some(isShort)).map(
      (source) => `DEVOPSTIC_${secretOf(source)}`,
    );
    this.github_allow_sha1 = read.flag('GITHUB_ALLOW_SHA1');
    this.github_pipeline_id = read.oneOf('GITHUB_PIPELINE_ID', ['full_name', 'name']);
    this.github_approval = read.oneOf('GITHUB_APPROVAL', ['merge', 'review']);
    this.github_token = environment['GITHUB_TOKEN']?.trim() || null;
    this.production_environments = read.pattern('PRODUCTION_ENVIRONMENTS', '^(prod|production|live)$');
    this.bot_authors = read.pattern('BOT_AUTHORS', '\\[bot\\]$|^dependabot|^renovate');
    this.incident_window_seconds = read.duration('INCIDENT_WINDOW', '24h');
    this.public_read = read.flag('PUBLIC_READ');
    this.metrics_token = read.text('METRICS_TOKEN', { shortest: 8 });
    this.grafana_password = read.text('GRAFANA_PASSWORD', { shortest: 8, longest: 1000 });
    this.service_url = read.url('URL') ?? `http://localhost:${this.port}`;
    this.service_key = read.text('KEY');
    this.log_level = read.oneOf('LOG_LEVEL', ['info', 'fatal', 'error', 'warn', 'debug', 'trace', 'silent']);
    this.delivery_retention_seconds = read.duration('DELIVERY_RETENTION', '90d');
    this.audit_retention_seconds = read.duration('AUDIT_RETENTION', '365d');
    read.both('USERNAME', 'PASSWORD');
    this.unknown = read.unknown();
    if (read.faults.length > 0) throw new ConfigError(read.faults);
  }
}

function readWebhookSecrets(read: Settings): Record<SigningSource, string[]> {
  const secrets = SIGNING_SOURCES.map((source) => [source, read.list(secretOf(source))]);
  return Object.fromEntries(secrets) as Record<SigningSource, string[]>;
}

function secretOf(source: SigningSource): string {
  return `${source.toUpperCase()}_WEBHOOK_SECRET`;
}

/** Some providers write this before a key that they made up. */
function isShort(secret: string): boolean {
  return secret.replace(/^whsec_/, '').length < MIN_WEBHOOK_SECRET;
}

function readDatabase(read: Settings): DatabaseConfig | null {
  const database: DatabaseConfig = {
    host: read.text('DATABASE_HOST') ?? 'localhost',
    port: read.port('DATABASE_PORT') ?? 5432,
    user: read.text('DATABASE_USER') ?? undefined,
    password: read.text('DATABASE_PASSWORD') ?? undefined,
    name: read.text('DATABASE_NAME') ?? 'devopstic',
    ssl: read.oneOf('DATABASE_SSL', ['off', 'require', 'verify-full']),
  };
  const given = ['HOST', 'PORT', 'USER', 'PASSWORD', 'NAME', 'SSL'].some((name) => read.has(`DATABASE_${name}`));
  return given ? database : null;
}
