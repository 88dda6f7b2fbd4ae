import { parse } from 'yaml';
import { readDocument } from './documents.js';

export interface Service {
  image: string;
  environment?: Record<string, string | null>;
  ports?: string[];
  volumes?: string[];
  secrets?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[]; disable?: boolean };
  [key: string]: unknown;
}

export interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, null>;
  secrets: Record<string, { environment: string }>;
}

/** A reference to a variable: with what stands in for it, or with what is said if it is not set. */
export interface Reference {
  name: string;
  fallback: string | null;
  message: string | null;
}

/** All that must be set. */
export const SECRETS = {
  DEVOPSTIC_PASSWORD: 'the password of the admin',
  DEVOPSTIC_DATABASE_PASSWORD: 'the password of the service',
  DEVOPSTIC_METRICS_TOKEN: 'the token of the metrics',
  DEVOPSTIC_GRAFANA_PASSWORD: 'the password of the role',
  GRAFANA_ADMIN_PASSWORD: "the password of Grafana's admin",
  POSTGRES_PASSWORD: 'the password of the administrator',
};

const REFERENCE = /\$\{(\w+)(?::([-?])([^}]*))?\}/g;

const FILE = readDocument('docker-compose.yml');

export function references(text = FILE): Reference[] {
  return [...text.matchAll(REFERENCE)].map(([, name = '', kind, rest = '']) => ({
    name,
    fallback: kind === '-' ? rest : null,
    message: kind === '?' ? rest : null,
  }));
}

/** docker-compose.yml as Compose reads it: anchors merged, variables filled in, those without a value passed on. */
export function compose(environment: Record<string, string>): Compose {
  const filled = FILE.replaceAll(REFERENCE, (whole, name: string, kind?: string, rest = '') => {
    const value = environment[name] ?? '';
    if (value === '' && kind === '?') throw new Error(`required variable ${name} is missing a value: ${rest}`);
    if (kind === undefined) throw new Error(`${whole} says nothing of a ${name} that is not set`);
    return value === '' ? rest : value;
  });
  const { services, ...others } = parse(filled, { merge: true }) as Compose;
  for (const service of Object.values(services)) {
    const variables = Object.entries(service.environment ?? {});
    const passed = variables.map(([name, value]) => [name, value ?? environment[name] ?? null] as const);
    service.environment = Object.fromEntries(passed.filter(([, value]) => value !== null));
  }
  return { services, ...others };
}

/** docker-compose.yml as it is written. */
export function written(): Compose {
  return parse(FILE, { merge: true }) as Compose;
}

/** The variables of a file such as .env. */
export function variablesOf(text: string): Record<string, string> {
  const lines = text.matchAll(/^#?([A-Z]\w+)=(.*)$/gm);
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]));
}
